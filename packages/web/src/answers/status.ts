import type { ErrorCode } from '@chromaray/contracts/errors';

/** HTTP statuses of errors that are about the request itself. */
const ofRequest = {
  CHROMARAY_WEB_REQUEST: 400,
  CHROMARAY_WEB_TOKEN: 401,
  CHROMARAY_WEB_ORIGIN: 403,
  CHROMARAY_WEB_PATH: 403,
  CHROMARAY_WEB_NOT_FOUND: 404,
  CHROMARAY_WEB_METHOD: 405,
  CHROMARAY_WEB_BODY_SIZE: 413,
  CHROMARAY_WEB_HOST: 421,
  CHROMARAY_WEB_RATE: 429,
  CHROMARAY_EXCHANGE_MISSING: 404,
  CHROMARAY_EXCHANGE_SIZE: 413,
  CHROMARAY_EXCHANGE_UNREACHABLE: 503,
  CHROMARAY_EXCHANGE_FULL: 507,
} as const satisfies Partial<Record<ErrorCode, number>>;

type Status = (typeof ofRequest)[keyof typeof ofRequest] | 422 | 500;

/** The status of an error: 422 for one about what was asked for, 500 for a defect of the program. */
export function statusOf(code: string): Status {
  if (code === 'CHROMARAY_DEFECT') return 500;
  return Object.hasOwn(ofRequest, code) ? ofRequest[code as keyof typeof ofRequest] : 422;
}
