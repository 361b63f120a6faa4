import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** Megabytes (2^20 bytes) that the pack may have at most. */
const limit = 60;
const output = path.resolve(process.argv[2] ?? 'chromaray-gpu.tar.gz');
const bench = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** Where Debian has the Vulkan loader, which a driver alone may come without. */
const loaders = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib/chromium/libvulkan.so.1'];

const top = mkdtempSync(path.join(tmpdir(), 'chromaray-gpu-'));
const folder = path.join(top, 'chromaray-gpu');
try {
  mkdirSync(path.join(folder, 'lib'), { recursive: true });
  await bundle(path.join(bench, 'src/gpu/check-process.ts'), 'program/check.js');
  // The engine tries providers and libraries in a process of their own, which it finds from two of its folders.
  const probe = path.join(bench, '../packages/engine/src/backends/probe/probe-process.ts');
  await bundle(probe, 'program/probe-process.js');
  await bundle(probe, 'probe/probe-process.js');
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  copyFileSync(process.execPath, path.join(folder, 'node'));
  copyFileSync(path.join(bench, 'peers/pytorch_cuda.py'), path.join(folder, 'program/pytorch_cuda.py'));
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) copyPackage(name);
  const loader = loaders.find((file) => existsSync(file));
  if (loader !== undefined) copyFileSync(loader, path.join(folder, 'lib/libvulkan.so.1'));
  const run = path.join(folder, 'run.sh');
  // What the machine has itself comes first; the loader of the pack is there for those that have none.
  writeFileSync(
    run,
    '#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH="$LD_LIBRARY_PATH:$here/lib" exec "$here/node" "$here/program/check.js" "$@"\n',
  );
  chmodSync(run, 0o755);
  execFileSync('tar', ['-C', top, '-czf', output, 'chromaray-gpu']);
} finally {
  rmSync(top, { recursive: true, force: true });
}
const size = statSync(output).size / 2 ** 20;
console.log(`${output}: ${size.toFixed(1)} MiB`);
if (size > limit) {
  console.error(`That is more than ${limit} MiB.`);
  process.exitCode = 1;
}

function bundle(entry: string, file: string) {
  return build({
    entryPoints: [entry],
    outfile: path.join(folder, file),
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20.19', minify: true },
    ...{ conditions: ['chromaray-source'], external: ['onnxruntime-node', 'koffi'] },
    // Packages that were written for CommonJS ask for Node's own modules by `require`.
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
}

/** Of the platform's binaries only those of this one. */
function copyPackage(name: string): void {
  const main = require.resolve(name);
  const home = main.slice(0, main.lastIndexOf(`${path.sep}${name}${path.sep}`) + name.length + 1);
  const own = path.join('bin', 'napi-v6', process.platform, process.arch);
  cpSync(home, path.join(folder, 'node_modules', name), {
    recursive: true,
    dereference: true,
    filter: (source) => {
      const inside = path.relative(home, source);
      if (/(^|\/)(node_modules|script)$|\.map$|\.d\.ts$/.test(inside)) return false;
      return !inside.startsWith('bin') || own.startsWith(inside) || inside.startsWith(own);
    },
  });
}
