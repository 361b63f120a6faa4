import type { Exchange } from '../exchange.js';
import { type ExchangeOptions, exchangeOver } from '../exchange-over-objects.js';
import { folderObjects } from './folder-objects.js';

/** An exchange in a folder, of one machine or shared by several. */
export function folderExchange(folder: string, options: ExchangeOptions = {}): Exchange {
  return exchangeOver(folderObjects(folder), options);
}
