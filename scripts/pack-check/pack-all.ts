/** `npm run pack`: packs the published packages into `build/tarballs`, which `npm install` takes from any folder. */
import path from 'node:path';
import { root } from '../npm/workspaces.js';
import { pack } from './pack.js';
import { emptyTarballFolder, stagedFolders } from './tarballs.js';

const tarballs = emptyTarballFolder();
for (const folder of stagedFolders()) {
  const { file, summary } = pack(folder, tarballs);
  console.log(`${path.relative(root, file)}: ${summary}`);
}
