/** `npm run release:publish`: publishes what `npm run stage` has made, in a workflow that a tag starts. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../npm/workspaces.js';

const staged = path.join(root, 'build', 'npm');
const packages = readdirSync(staged).map((name) => {
  const folder = path.join(staged, name);
  const { name: title, version, dependencies } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return { folder, name: title as string, version: version as string, needs: Object.keys(dependencies ?? {}) };
});

const tag = process.env.GITHUB_REF_NAME;
const other = packages.find(({ version }) => tag !== undefined && tag !== `v${version}`);
if (other !== undefined) throw new Error(`The tag is ${tag}, but ${other.name} is at ${other.version}.`);

// A package after those it depends on, so that nobody installs it without them.
const names = packages.map(({ name }) => name);
const depth = ({ needs }: (typeof packages)[number]): number => needs.filter((name) => names.includes(name)).length;
for (const { folder, name, version } of packages.sort((a, b) => depth(a) - depth(b))) {
  // A release that failed halfway is started again.
  if (npm(['view', `${name}@${version}`, 'version'], root, 'pipe') === 0) console.log(`${name}@${version} is there`);
  else if (npm(['publish', '--provenance'], folder, 'inherit') !== 0) throw new Error(`${name} is not published.`);
}

function npm(args: readonly string[], cwd: string, stdio: 'inherit' | 'pipe'): number | null {
  const { status, stdout } = spawnSync('npm', args, { cwd, stdio, encoding: 'utf8' });
  // `npm view` of a version that does not exist ends well, with nothing.
  return status === 0 && stdio === 'pipe' && stdout.trim() === '' ? 1 : status;
}
