import { notInBrowser } from '../pages/model/not-in-browser.js';

/** Stands in for Node's module: no browser inflates at once, as reading DICOM wants it. */
export function inflateRawSync(): never {
  throw new Error(notInBrowser);
}
