/** `npm run release:version -- 0.2.0`: gives all packages a version, and the changelog its heading. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkspaces, root } from '../npm/workspaces.js';
import { released } from './changelog.js';
import { atVersion } from './manifest-version.js';

const [version] = process.argv.slice(2);
if (version === undefined) throw new Error('Name the version: npm run release:version -- 0.2.0');

const workspaces = [...readWorkspaces().values()];
const names = workspaces.map(({ name }) => name);
const changelog = path.join(root, 'CHANGELOG.md');
const manifests = [root, ...workspaces.map(({ folder }) => folder)].map((folder) => path.join(folder, 'package.json'));
const today = new Date().toISOString().slice(0, 10);
// All is worked out before anything is written: an error leaves every file as it was.
const contents = [
  [changelog, released(readFileSync(changelog, 'utf8'), version, today)],
  ...manifests.map((file) => [file, atVersion(readFileSync(file, 'utf8'), version, names)]),
] as const;
for (const [file, text] of contents) writeFileSync(file!, text!);
execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
console.log(`All packages are at ${version}. Commit, tag it v${version}, and push the tag: a workflow publishes it.`);
