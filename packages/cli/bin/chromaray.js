#!/usr/bin/env node
// The built program, when it is there; a clear word when it is not (a fresh clone before `npm run build`).
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('chromaray is not built yet. Run: npm run build\n');
  process.exitCode = 1;
}
