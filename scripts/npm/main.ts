/** `npm run stage`: makes the published packages under `build/npm`. */
import path from 'node:path';
import { stageAll } from './stage.js';
import { root } from './workspaces.js';

for (const { name, version, folder } of await stageAll())
  console.log(`${name}@${version}  ${path.relative(root, folder)}`);
