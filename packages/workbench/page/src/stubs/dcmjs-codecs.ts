import { notInBrowser } from '../pages/model/not-in-browser.js';

const refuse = (): never => {
  throw new Error(notInBrowser);
};

/** Stands in for the decoders of compressed DICOM: 4 MB of WebAssembly that the page does not bring along. */
export default { log: { setLevel: () => {} }, NativeCodecs: { initializeAsync: refuse, release: () => {} } };
