import { readRegularFileSync } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { Exchange } from './exchange.js';
import type { ExchangeOptions } from './exchange-over-objects.js';
import { folderExchange } from './folder/folder-exchange.js';
import { httpExchange } from './http/http-exchange.js';
import { s3Exchange } from './s3/s3-exchange.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The exchange at an address: a folder, `https://host:port` of a coordinator, `s3://bucket/prefix`. Whatever is secret comes
 * from the environment or a file, never from the address: an address is shown, and listed with a process's arguments.
 *
 * @param environment `CHROMARAY_EXCHANGE_TOKEN` or `CHROMARAY_EXCHANGE_TOKEN_FILE`; `CHROMARAY_EXCHANGE_CA`, a file of
 *   certificates to trust; for S3 `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION`,
 *   `AWS_ENDPOINT_URL_S3`
 * @throws ChromarayError `CHROMARAY_EXCHANGE_ADDRESS`, `CHROMARAY_EXCHANGE_REFUSED` without the secrets needed
 */
export function openExchange(
  address: string,
  options: ExchangeOptions = {},
  environment: Environment = process.env,
): Exchange {
  if (/^https?:\/\//i.test(address)) {
    const token = exchangeToken(environment);
    if (token === undefined)
      throw refused(
        'The coordinator lets nobody in without its token.',
        'CHROMARAY_EXCHANGE_TOKEN, or a file that holds it as CHROMARAY_EXCHANGE_TOKEN_FILE,',
      );
    return httpExchange(address, { ...options, token, ...trusted(environment) });
  }
  if (/^s3:\/\//i.test(address)) return s3Exchange({ ...options, ...s3Place(address, environment) });
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(address) || address.trim() === '') throw noAddress(address);
  return folderExchange(address, options);
}

/** The token of a coordinator's server, from the environment or the file that it names; undefined without one. */
export function exchangeToken(environment: Environment = process.env): string | undefined {
  const { CHROMARAY_EXCHANGE_TOKEN: token, CHROMARAY_EXCHANGE_TOKEN_FILE: file } = environment;
  if (token !== undefined && token !== '') return token;
  return file === undefined || file === ''
    ? undefined
    : read('CHROMARAY_EXCHANGE_TOKEN_FILE', file, 4096).toString('utf8').trim();
}

function s3Place(address: string, environment: Environment) {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})(?:\/([\w./-]*))?$/.exec(address) ?? [];
  if (bucket === undefined || prefix.split('/').some((part) => /^\.+$/.test(part))) throw noAddress(address);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey)
    throw refused('An S3-like store needs keys.', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION || 'us-east-1';
  const endpoint =
    environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || `https://s3.${region}.amazonaws.com`;
  return {
    ...{ bucket, region, endpoint, accessKeyId, secretAccessKey },
    prefix: prefix.replaceAll(/\/+/g, '/').replaceAll(/^\/|\/$/g, ''),
    ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
    ...trusted(environment),
  };
}

function trusted({ CHROMARAY_EXCHANGE_CA: file }: Environment): { readonly ca?: Buffer } {
  return file === undefined || file === '' ? {} : { ca: read('CHROMARAY_EXCHANGE_CA', file, 2 ** 20) };
}

function read(variable: string, file: string, most: number): Buffer {
  try {
    return readRegularFileSync(file, most);
  } catch (cause) {
    throw codedError('CHROMARAY_EXCHANGE_ADDRESS', {
      message: `${file}, which ${variable} names, cannot be read: ${(cause as Error).message}.`,
      remedy: 'Name a file that this user can read.',
      cause,
    });
  }
}

function refused(message: string, variables: string) {
  return codedError('CHROMARAY_EXCHANGE_REFUSED', { message, remedy: `Set ${variables} in the environment.` });
}

function noAddress(address: string) {
  const shown = address.replace(/\/\/[^/@]*@/, '//***@').slice(0, 200);
  return codedError('CHROMARAY_EXCHANGE_ADDRESS', {
    message: `"${shown}" is not the address of an exchange.`,
    remedy: 'Name a folder, https://host:port of a coordinator, or s3://bucket/prefix.',
  });
}
