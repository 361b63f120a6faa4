/** What the stand-ins for decoders say that the page does not bring along. */
export const notInBrowser = 'does not run in a browser';
