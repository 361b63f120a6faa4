import type { Exchange } from '../exchange.js';
import { type ExchangeOptions, exchangeOver } from '../exchange-over-objects.js';
import { type HttpOptions, httpObjects } from './http-objects.js';

/** The exchange that a coordinator serves; `address` such as `https://lab-1:8443`. */
export function httpExchange(address: string, options: HttpOptions & ExchangeOptions): Exchange {
  return exchangeOver(httpObjects(address, options), options);
}
