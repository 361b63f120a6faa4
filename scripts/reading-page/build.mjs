/** Builds the page that people read on into its package; users build nothing. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const home = path.resolve(import.meta.dirname, '../../packages/readers');
const out = path.join(home, 'reading-page');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: home,
  entryPoints: ['page/main.ts', 'page/style.css'],
  outdir: out,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16.4'],
  conditions: ['chromaray-source'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
let html = readFileSync(path.join(home, 'page/index.html'), 'utf8');
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  const name = path.basename(entryPoint ?? '').replace(/\.ts$/, '.js');
  html = html.replace(`"${name}"`, `"/${path.basename(file)}"`);
}
writeFileSync(path.join(out, 'index.html'), html);
