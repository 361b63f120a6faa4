/**
 * `npm run pack:check`: packs the published packages, installs the tarballs in an empty folder with install scripts
 * switched on, and uses them there as a stranger would: the examples of their pages, the command, the demo.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../npm/workspaces.js';
import { Consumer } from './consumer.js';
import { installed, withInstallScripts } from './installed.js';
import { pack } from './pack.js';
import { Steps } from './steps.js';
import { emptyTarballFolder, stagedFolders } from './tarballs.js';

const packages = stagedFolders();
const tarballs = emptyTarballFolder();

/**
 * What these run when they are installed downloads nothing: koffi looks whether its binary is there, core-js thanks, and
 * msgpackr-extract, an optional part of what BullMQ uses, looks whether its binary came with it as a package (as for Linux, macOS and Windows;
 * elsewhere node-gyp would try to compile it, and npm goes on without it).
 */
const harmlessScripts = ['core-js-pure', 'koffi', 'msgpackr-extract'];

const steps = new Steps();
const consumer = new Consumer();
const files: string[] = [];
for (const folder of packages) {
  await steps.run(`pack ${path.relative(root, folder)}`, () => {
    const { file, summary } = pack(folder, tarballs);
    files.push(file);
    return summary;
  });
}
await steps.run('install the tarballs, install scripts switched on', () => {
  consumer.run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts=false', ...files]);
  return installed(consumer.folder);
});
await steps.run('no package downloads anything when it is installed', () => {
  const strangers = withInstallScripts(consumer.folder).filter((name) => !harmlessScripts.includes(name));
  if (strangers.length > 0) throw new Error(`Look at the install scripts of ${strangers.join(', ')}.`);
});
for (const folder of packages) {
  const { name } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string };
  await steps.run(`the example of ${name}'s page`, () => {
    const [, code] = /^```js\n(.*?)^```$/ms.exec(readFileSync(path.join(folder, 'README.md'), 'utf8')) ?? [];
    if (code === undefined) throw new Error(`${name} has no example`);
    const file = `example-${path.basename(folder)}.js`;
    consumer.write(file, code);
    return consumer.run(process.execPath, [file]).trim().replaceAll('\n', ', ');
  });
}
await steps.run('an error of one package is known in another', () => {
  consumer.write(
    'error.js',
    `import assert from 'node:assert';
import { ChromarayError, isChromarayError } from 'chromaray';
import { buildPreset, ChromarayError as EngineError } from '@chromaray/engine';
assert.notEqual(ChromarayError, EngineError);
assert.throws(() => buildPreset('none', { seed: 1 }), (error) => error instanceof ChromarayError && isChromarayError(error));
`,
  );
  consumer.run(process.execPath, ['error.js']);
});
await steps.run('the declarations compile', () => {
  consumer.write(
    'types.ts',
    `import { type StudyFile, runStudy } from 'chromaray';
import { type Model, buildPreset } from '@chromaray/engine';
import { auroc } from '@chromaray/evidence';
import { type GrayImage, decodeGray } from '@chromaray/imaging';
export const area: number = auroc([0, 1], [0.1, 0.9]);
export const image: Promise<GrayImage> = decodeGray('a.png');
export const model: Model = buildPreset('small', { seed: 1 }).model;
export const run: (study: StudyFile) => Promise<unknown> = (study) => runStudy(study, { studies: 'studies' });
`,
  );
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  const types = path.join(root, 'node_modules', '@types');
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  consumer.run(process.execPath, [compiler, ...options, '--typeRoots', types, 'types.ts']);
});
await steps.run('npx chromaray --version', () =>
  consumer.run('npx', ['--no-install', 'chromaray', '--version']).trim(),
);
await steps.run('npx chromaray colorizer list, which reads a file of the package', () => {
  const { known } = JSON.parse(consumer.run('npx', ['--no-install', 'chromaray', 'colorizer', 'list', '--json']));
  if (!(known.length > 0)) throw new Error('no colorizer is known');
  return `${known.length} known`;
});
await steps.run('npx chromaray doctor', () => void consumer.run('npx', ['--no-install', 'chromaray', 'doctor']));
await steps.run('npx chromaray demo', () => {
  const printed = consumer.run('npx', ['--no-install', 'chromaray', 'demo']);
  if (!existsSync(path.join(consumer.folder, 'chromaray-demo', 'studies', 'demo', 'report.html')))
    throw new Error(`no report\n${printed}`);
  return /^Verdict: .*$/m.exec(printed)?.[0];
});
consumer.remove();
steps.finish();
