import { codedError } from '@chromaray/contracts/errors';

/**
 * A picture's address, if it is the picture itself.
 *
 * @param what names it in the error: `The sample of a.jpeg for arm gray`
 * @throws ChromarayError `CHROMARAY_REPORT_IMAGE` for anything that would have to be loaded from elsewhere
 */
export function embeddedPicture(dataUri: string, what: string): string {
  if (/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(dataUri)) return dataUri;
  throw codedError('CHROMARAY_REPORT_IMAGE', {
    message: `${what} is no embedded picture: it begins with "${dataUri.slice(0, 40)}".`,
  });
}
