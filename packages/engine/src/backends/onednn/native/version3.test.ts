import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { expect, it } from 'vitest';
import { Program } from '../plan/program.js';
import { argument } from './constants.js';
import { loadLibrary } from './library.js';
import { addressOf, nativeArguments } from './native-values.js';
import { Scope } from './scope.js';

const source = join(import.meta.dirname, '../../../../test/fixtures/onednn/recording-version-3.c');
const file = join(mkdtempSync(join(tmpdir(), 'chromaray-onednn-3-')), 'libdnnl.so.3');

function compiled(): boolean {
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-o', file, source], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
}

// That the stand-in's parameters are those of oneDNN's header is tested in headers.test.ts; what the calls compute is
// not tested by it.
it.skipIf(!compiled())('calls oneDNN 3.x with the parameters of its header (needs a C compiler)', async () => {
  const stand = koffi.load(file);
  const recorded = stand.func('const char *recorded()') as unknown as () => string;
  const library = loadLibrary({ platform: 'linux', environment: { CHROMARAY_ONEDNN: file } });
  expect([library.version, library.bfloat16]).toEqual(['3.5.3', true]);
  const engine = Number(library.engine);
  expect(recorded()).toBe(`engine 1 0\nstream of ${engine} 1\n`);
  const forget = stand.func('void forget()') as unknown as () => void;
  forget();

  const scope = new Scope(library);
  const movement = { strides: [2], dilations: [4], padBegin: [4], padEnd: [5] };
  const [source, weights, bias, destination, forward] = [1n, 2n, 3n, 4n, 5n];
  scope.plain([6, 7]);
  scope.any([6, 7], 'bfloat16');
  scope.part(9n, [1, 2], [3, 4]);
  const four = { source, weights, bias, destination };
  scope.describe({ kind: 'convolution', training: true, ...four, ...movement }, [
    { algorithm: 'clip', alpha: 0.5, beta: 6 },
    { algorithm: 'sum', scale: 0.75 },
  ]);
  scope.describe({ kind: 'convolution-input-gradient', ...four, ...movement, forward });
  scope.describe({ kind: 'convolution-weight-gradient', ...four, bias: undefined, ...movement, forward });
  scope.describe({ kind: 'inner-product', training: false, ...four });
  scope.describe({ kind: 'inner-product-input-gradient', ...four, forward });
  scope.describe({ kind: 'inner-product-weight-gradient', ...four, forward });
  const pool = { algorithm: 'average', kernel: [8], source, destination, ...movement } as const;
  scope.describe({ kind: 'pooling', training: true, ...pool });
  scope.describe({ kind: 'pooling-gradient', ...pool, algorithm: 'max', forward });
  const eltwise = { algorithm: 'logistic', alpha: 0.25, beta: 2, data: source } as const;
  scope.describe({ kind: 'eltwise', training: true, ...eltwise });
  scope.describe({ kind: 'eltwise-gradient', ...eltwise, algorithm: 'relu-by-output', forward });
  const norm = { source, epsilon: 0.5, globalStatistics: false, relu: true };
  scope.describe({ kind: 'batch-normalization', training: true, ...norm });
  scope.describe({ kind: 'batch-normalization-gradient', ...norm, globalStatistics: true, relu: false, forward });
  scope.describe({ kind: 'binary', algorithm: 'multiply', first: source, second: weights, destination });
  const last = scope.describe({ kind: 'reorder', source, destination });
  expect(recorded().trim().split('\n')).toEqual([
    'strides 2 [6,7] 3 [7,1]',
    'tag 2 [6,7] 2 1',
    'part 9 [1,2] [3,4]',
    'post-ops',
    'append 104 2f 0.5 6',
    'sum 104 0.75 0 0',
    'attributes',
    'post-ops 105 104',
    'destroy post-ops 104',
    `conv ${engine} 64 1: 1 2 3 4 s2 d3 b4 e5 attr 105`,
    'destroy attributes 105',
    `conv-data ${engine} 1: 1 2 4 s2 d3 b4 e5 hint 5 attr 0`,
    `conv-weights ${engine} 1: 1 2 0 4 s2 d3 b4 e5 hint 5 attr 0`,
    `dense ${engine} 96: 1 2 3 4 attr 0`,
    `dense-data ${engine}: 1 2 4 hint 5 attr 0`,
    `dense-weights ${engine}: 1 2 3 4 hint 5 attr 0`,
    `pool ${engine} 64 3ff: 1 4 k8 s2 d3 b4 e5 attr 0`,
    `pool-back ${engine} 1ff: 1 4 k8 s2 d3 b4 e5 hint 5 attr 0`,
    `eltwise ${engine} 64 29: 1 1 0.25 2 attr 0`,
    `eltwise-back ${engine} 100: 1 1 1 0.25 2 hint 5 attr 0`,
    `norm ${engine} 64: 1 1 0.5 e attr 0`,
    `norm-back ${engine} 128: 1 1 1 0.5 7 hint 5 attr 0`,
    `binary ${engine} 1fff1: 1 2 4 attr 0`,
    `reorder 1 ${engine} 4 ${engine} 0`,
  ]);

  forget();
  expect(scope.layout(forward, 'workspace')).toBe(135005n);
  expect([scope.bytes(41n), scope.same(1n, 11n), scope.same(11n, 1n)]).toEqual([41, true, false]);
  const primitive = scope.primitive(forward);
  const list = nativeArguments([
    [argument.source, scope.memory(source, 77n)],
    [argument.destination, scope.memory(destination, 88n)],
  ]);
  const instruction = { kind: 'primitive', label: '', primitive, count: 2, parameters: addressOf(list) } as const;
  await new Program(library, [], [instruction], 0).run();
  const { stream } = library;
  expect(recorded().trim().split('\n')).toEqual([
    'query 5 135 0',
    'primitive 5',
    `memory 1 ${engine} at 77`,
    `memory 4 ${engine} at 88`,
    `wait ${stream}`,
    `run 101 ${stream}: 1=102 17=103`,
    `wait ${stream}`,
  ]);

  forget();
  scope.release();
  const destroyed = recorded().trim().split('\n');
  expect(destroyed.slice(0, 3)).toEqual(['destroy memory 103', 'destroy memory 102', 'destroy primitive 101']);
  expect(destroyed.slice(-3)).toEqual([103, 102, 101].map((descriptor) => `destroy descriptor ${descriptor}`));
  expect(destroyed[3]).toBe(`destroy description ${last}`);
});
