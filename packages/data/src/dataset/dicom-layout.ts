import type { FileTree } from './file-tree.js';
import { listFolders } from './folder-layouts.js';
import type { Listing } from './listing.js';

/**
 * DICOM files in one folder a class, at any depth below it; known by their content, since archives often give
 * them names without an extension. Other files are ignored, pictures in other formats too.
 *
 * @throws ChromarayError as the layout `folders` does
 */
export async function listDicom(tree: FileTree, root: string): Promise<Listing> {
  const { images, others } = tree.walk(root);
  const dicom = await tree.dicomFiles([...images, ...others]);
  return listFolders(tree, root, (file) => dicom.has(file));
}
