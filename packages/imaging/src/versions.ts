import { sharp } from './sharp.js';

/** The image libraries whose versions can change a pixel. */
export function imageLibraryVersions(): Readonly<Record<string, string>> {
  const { versions } = sharp();
  return { sharp: versions.sharp ?? 'unknown', libvips: versions.vips };
}
