/** `npm run stage`: makes the published packages under `build/npm` and checks that they can be published. */
import path from 'node:path';
import { faultsOf } from './faults.js';
import { stageAll } from './stage.js';
import { readWorkspaces, root } from './workspaces.js';

const unpublished = [...readWorkspaces().values()].filter(({ manifest }) => manifest.private).map(({ name }) => name);
for (const { name, version, folder } of await stageAll()) {
  const faults = await faultsOf(folder, unpublished);
  console.log(`${name}@${version}  ${path.relative(root, folder)}  ${faults.length === 0 ? 'ok' : ''}`);
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}
