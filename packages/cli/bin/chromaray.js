#!/usr/bin/env node
// The built program, when it is there; a clear word when it is not (a fresh clone before `npm run build`).
// CommonJS, because loading an ES module starts the thread pool whose size is set here.
const { existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

// Pictures are decoded in Node's thread pool, which has four threads unless told otherwise.
const usualThreads = 4;
if (process.env.UV_THREADPOOL_SIZE === undefined && availableParallelism() > usualThreads) {
  process.env.UV_THREADPOOL_SIZE = String(availableParallelism());
}

const program = path.join(__dirname, '..', 'dist', 'main.js');
if (existsSync(program)) {
  void import(pathToFileURL(program).href);
} else {
  process.stderr.write('chromaray is not built yet. Run: npm run build\n');
  process.exitCode = 1;
}
