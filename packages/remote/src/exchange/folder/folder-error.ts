import { isChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { whenAway } from '../when-away.js';

const full = new Set(['ENOSPC', 'EDQUOT']);
const refused = new Set(['EACCES', 'EPERM', 'EROFS']);
/** A share that is away for a while says one of these. */
const away = new Set([
  'EIO',
  'ESTALE',
  'ENOTCONN',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EAGAIN',
  'EBUSY',
  'EREMOTEIO',
]);

/** What the system says of an exchange's folder, as an error of the table; others pass as they are. */
export function folderError(folder: string, what: string, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (isChromarayError(error) || !/^E[A-Z0-9]+$/.test(code)) return error;
  const details = { folder, system: code };
  if (full.has(code))
    return codedError('CHROMARAY_EXCHANGE_FULL', { message: `The disk of ${folder} is full.`, cause: error, details });
  if (refused.has(code))
    return codedError('CHROMARAY_EXCHANGE_REFUSED', {
      message: `${folder} cannot be ${what}: there is no permission, or the file system is read-only.`,
      remedy: 'Give this user permission to read and write there, or name another folder.',
      cause: error,
      details,
    });
  if (away.has(code))
    return codedError('CHROMARAY_EXCHANGE_UNREACHABLE', {
      remedy: whenAway,
      message: `${folder} cannot be ${what} now: ${message}.`,
      cause: error,
      details,
    });
  return codedError('CHROMARAY_EXCHANGE_ADDRESS', {
    message: `${folder} cannot be ${what}: ${message}.`,
    remedy: 'Name a folder that exists on every machine, or that can be made.',
    cause: error,
    details,
  });
}
