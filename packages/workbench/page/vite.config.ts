import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is built into the package, so that whoever installs it builds nothing. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['chromaray-source', 'browser', 'module', 'import', 'default'] },
  build: {
    outDir: '../workbench-page',
    emptyOutDir: true,
    target: 'es2023',
    // The server forbids inline scripts and styles; pictures of the page are files of their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
