import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const entry = (name: string): string => path.resolve(import.meta.dirname, '../src', name);

/** Throws where a module of Node's is loaded in any way. */
function forBrowser(file: string) {
  return build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['chromaray-source'],
    logLevel: 'silent',
  });
}

it.each(['index.ts', 'errors/index.ts', 'names.ts'])('%s runs in a browser', async (name) => {
  const { outputFiles, metafile } = await forBrowser(entry(name));
  expect(
    Object.keys(metafile.inputs).filter((file) => /@img|onnxruntime|packages.(engine|imaging)/.test(file)),
  ).toEqual([]);
  const bundle = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.text).toString('base64')}`);
  expect(Object.keys(bundle).length).toBeGreaterThan(3);
});

it('what needs Node does not', async () => {
  await expect(forBrowser(path.resolve(import.meta.dirname, '../../store/src/study-folder.ts'))).rejects.toThrow(
    'node:path',
  );
});
