import type { ErrorArea } from '../entry.js';

/** The local web page: who may ask, what may be asked. Their HTTP statuses stand in `packages/web/src/answers/status.ts`. */
export const webErrors = {
  CHROMARAY_WEB_TOKEN: {
    meaning: 'The request carries no token of this start of the server, or a wrong one.',
    remedy: 'Open the address that the program printed when it started: it holds the token.',
  },
  CHROMARAY_WEB_HOST: {
    meaning:
      'The request names a host that this server is not: so does a page that tries to reach it under a foreign name.',
    remedy: 'Open the address that the program printed when it started.',
  },
  CHROMARAY_WEB_ORIGIN: {
    meaning: 'The request was made by a page of another address.',
    remedy: 'Use the page that the program opened; other pages cannot reach it.',
  },
  CHROMARAY_WEB_NOT_FOUND: {
    meaning: 'Nothing is served under this address, or what it showed is gone.',
    advice: 'Go back to the first page and open it from there.',
  },
  CHROMARAY_WEB_METHOD: {
    meaning: 'The address exists, but not for this kind of request.',
    remedy: 'Read with GET, and change with POST.',
  },
  CHROMARAY_WEB_REQUEST: {
    meaning: 'A parameter or the body of the request is not what the address takes.',
    advice: 'Correct the fields that the message names.',
  },
  CHROMARAY_WEB_PATH: {
    meaning: 'The path leads out of the folders that the server was opened for.',
    remedy: 'Choose a path below the folders shown, or start the server with the folder that you want to open.',
  },
  CHROMARAY_WEB_BODY_SIZE: {
    meaning: 'The request is larger than this address accepts.',
    remedy: 'Send less, or put the file into the folder yourself and open it from there.',
  },
  CHROMARAY_WEB_GONE: {
    meaning: 'The program behind the page does not answer, or broke off in its answer.',
    advice: 'Start it again with `chromaray open`; a study that is running is not harmed.',
  },
  CHROMARAY_PAGE_MODEL: {
    meaning: 'The page cannot run this model, or cannot work out where it looks.',
    remedy: 'Use `chromaray predict` and `chromaray explain`, or another browser.',
  },
  CHROMARAY_PAGE_COLORIZER: {
    meaning: 'The model is fed pictures in the colours of a colorizer, which the page does not run.',
    remedy: 'Use `chromaray predict`, which does.',
  },
  CHROMARAY_PAGE_OPERATIONS: {
    meaning:
      'The model was trained on pictures that were cropped, equalised or otherwise prepared, which the page does not do.',
    remedy: 'Use `chromaray predict`, which does.',
  },
  CHROMARAY_PAGE_PIXELS: {
    meaning: 'The browser changes the pixels that a page reads, as a protection against being recognised.',
    remedy: 'Use another browser, or allow this page to read pixels; a PNG or DICOM file needs no such permission.',
  },
  CHROMARAY_WORK_ENDED: {
    meaning: 'The process that colours pictures and looks into networks ended before it was done.',
    remedy: 'Try again; if it happens each time, the picture or the network may need more memory than there is.',
  },
  CHROMARAY_WEB_RATE: {
    meaning: 'Too many requests of this kind arrived in a short time.',
    remedy: 'Wait a moment and try again.',
  },
  CHROMARAY_WEB_LISTEN: {
    meaning: 'The server cannot listen where it was told to, or may not without more protection.',
    advice: 'Leave out the host to serve this machine alone, or choose another port.',
    outcome: 'wrongUse',
  },
  CHROMARAY_WEB_ASSETS: {
    meaning: 'The files of the page are not where the program keeps them.',
    advice: 'Install the package again; in a clone of the repository, run `npm run build`.',
  },
} as const satisfies ErrorArea;
