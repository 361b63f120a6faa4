import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The decoders of DICOM ask Node for their file by `eval`, which the page's policy forbids, and which nothing here calls. */
const withoutEval: Plugin = {
  name: 'without-eval',
  enforce: 'pre',
  transform: (code, id) =>
    id.includes('dcmjs-codecs.min.js') ? code.replaceAll(/\beval\("[^"]*"\)/g, 'undefined') : undefined,
};

/** The page is built into the package, so that whoever installs it builds nothing. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    conditions: ['chromaray-source', 'browser', 'module', 'import', 'default'],
    alias: [
      // What reads pictures and models is the program's own code, without what only Node has.
      { find: /^@chromaray\/base$/, replacement: '@chromaray/base/browser' },
      { find: 'node:zlib', replacement: path.join(import.meta.dirname, 'src/stubs/zlib.ts') },
      { find: /^dcmjs-codecs$/, replacement: path.join(import.meta.dirname, 'src/stubs/dcmjs-codecs.ts') },
      { find: /^dcmjs$/, replacement: path.join(import.meta.dirname, 'src/stubs/dcmjs.ts') },
    ],
  },
  worker: { format: 'es', plugins: () => [withoutEval] },
  build: {
    outDir: '../workbench-page',
    emptyOutDir: true,
    target: 'es2023',
    // The server forbids inline scripts and styles; pictures of the page are files of their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
