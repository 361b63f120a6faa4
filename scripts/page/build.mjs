/** Builds the workbench's page into its package, when its sources have changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const workbench = path.join(root, 'packages/workbench');
/** What the page is made of: its own sources, the viewer, and the versions of its libraries. */
const sources = [
  ...['packages/workbench/page', 'packages/viewer/src', 'packages/workbench/src/lab/colour-name.ts'],
  // The page reads pictures and models with the program's own code.
  ...['packages/imaging/src', 'packages/engine/src', 'packages/contracts/src/errors', 'packages/base/src'],
  ...['package-lock.json', 'scripts/page'],
];
const stamp = path.join(workbench, 'dist', 'page.stamp');
const built = path.join(workbench, 'workbench-page', 'index.html');

function filesOf(entry) {
  const place = path.join(root, entry);
  if (path.extname(entry) !== '') return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/\.test\.tsx?$/.test(file.name))
    .map((file) => path.join(file.parentPath, file.name))
    .sort();
}

const hash = createHash('sha256');
for (const file of sources.flatMap(filesOf)) hash.update(path.relative(root, file)).update(readFileSync(file));
const now = hash.digest('hex');

if (!existsSync(built) || !existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  const { build } = await import('vite');
  await build({ configFile: path.join(workbench, 'page/vite.config.ts'), logLevel: 'warn' });
  writeFileSync(stamp, now);
}
