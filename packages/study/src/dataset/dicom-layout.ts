import { startsAsDicom } from './dicom-file.js';
import { listFolders } from './folder-layouts.js';
import type { Listing } from './listing.js';

/**
 * DICOM files in one folder a class, at any depth below it; known by their content, since archives often give
 * them names without an extension. Other files are ignored, pictures in other formats too.
 *
 * @throws ChromarayError as the layout `folders` does
 */
export function listDicom(root: string): Listing {
  return listFolders(root, startsAsDicom);
}
