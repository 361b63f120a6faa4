import { authorizationFrom, type DicomWebServer } from '@chromaray/data';
import type { Context } from '../context.js';

/** The options of every `dicomweb` command about the server. */
export interface ServerOptions {
  readonly allowHttp?: boolean;
  readonly json?: boolean;
}

export function serverOf(url: string, { allowHttp = false }: ServerOptions, context: Context): DicomWebServer {
  return { url, authorization: authorizationFrom(process.env), allowHttp, signal: context.signal };
}
