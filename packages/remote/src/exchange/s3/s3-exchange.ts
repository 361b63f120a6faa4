import type { Exchange } from '../exchange.js';
import { type ExchangeOptions, exchangeOver } from '../exchange-over-objects.js';
import { s3Objects } from './s3-objects.js';
import type { S3Place } from './s3-request.js';

export interface S3Options extends S3Place, ExchangeOptions {
  /** Of all keys; without it the bucket is the exchange's own. */
  readonly prefix?: string;
}

/** An exchange in a bucket of an S3-like store. */
export function s3Exchange({ prefix = '', patience, ...place }: S3Options): Exchange {
  return exchangeOver(s3Objects(place, prefix), patience === undefined ? {} : { patience });
}
