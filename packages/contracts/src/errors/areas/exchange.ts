import type { ErrorArea } from '../entry.js';

/** What a coordinator and its workers share: a folder, the coordinator's server, an S3-like store. */
export const exchangeErrors = {
  CHROMARAY_EXCHANGE_ADDRESS: {
    meaning: 'This is not the address of an exchange, or nothing that could be one is there.',
    advice: 'Name a folder, or an address that begins with https://, http:// or s3://.',
    outcome: 'wrongUse',
  },
  CHROMARAY_EXCHANGE_UNREACHABLE: {
    meaning: 'The exchange does not answer, or the connection to it broke and could not be taken up again.',
    advice:
      'Check that the coordinator or the store is running and can be reached from here, and run the same command again: what was finished is kept.',
  },
  CHROMARAY_EXCHANGE_REFUSED: {
    meaning: 'The exchange refuses: the token or the keys are wrong, or permission is missing.',
    advice: 'Give the right token or keys, or permission to read and write.',
    outcome: 'wrongUse',
  },
  CHROMARAY_EXCHANGE_FULL: {
    meaning: 'The disk of the exchange is full.',
    remedy: 'Free some space there and run the same command again: what was finished is kept.',
  },
  CHROMARAY_EXCHANGE_MISSING: {
    meaning: 'The exchange does not have a file that is needed.',
    remedy: 'Run the study again on the coordinator, which puts there what is missing.',
  },
  CHROMARAY_EXCHANGE_DAMAGED: {
    meaning: 'What the exchange holds, or what arrived, is not what its hash says.',
    advice: 'Check disk and connection; what is damaged is never used.',
  },
  CHROMARAY_EXCHANGE_NAME: {
    meaning: 'Something was asked of an exchange that no exchange holds.',
    remedy: 'Use the same version of Chromaray on all machines.',
  },
  CHROMARAY_EXCHANGE_SIZE: {
    meaning: 'Something is larger than an exchange accepts.',
    remedy: 'Use the same version of Chromaray on all machines.',
  },
  CHROMARAY_EXCHANGE_STORE: {
    meaning: 'The store answers otherwise than an S3-like store must, or cannot write "only if there is none".',
    advice: 'Use a store that supports `If-None-Match`, such as Amazon S3, MinIO, Ceph 19 or R2, or a folder.',
  },
  CHROMARAY_CACHE_SMALL: {
    meaning: 'The cache of packs and weights may not hold as many bytes as one trial needs, or the disk has no room.',
    advice: 'Allow it more bytes, free some space, or choose another folder.',
  },
} as const satisfies ErrorArea;
