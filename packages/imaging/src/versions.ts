import { sharp } from './decode/sharp.js';

/** The image libraries whose versions can change a pixel. */
export const imageLibraryVersions: Readonly<Record<string, string>> = {
  sharp: sharp.versions.sharp ?? 'unknown',
  libvips: sharp.versions.vips,
};
