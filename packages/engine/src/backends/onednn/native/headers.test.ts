import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as constants from './constants.js';
import { nativeArguments, nativeDims } from './native-values.js';
import { commonPrototypes } from './symbols.js';
import { version2 } from './version2.js';
import { version3 } from './version3.js';

type Numbers = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

interface Recorded {
  readonly version: string;
  /** By name, such as `int(pointer engine, int kind, size_t index)`. */
  readonly functions: Readonly<Record<string, string>>;
  readonly numbers: Numbers & { readonly argumentLayout: Readonly<Record<'bytes' | 'role' | 'memory', number>> };
}

// Recorded by test/reference/onednn_headers.py.
const fixtures = new URL('../../../../test/fixtures/onednn/', import.meta.url);
const headers = JSON.parse(readFileSync(new URL('headers.json', fixtures), 'utf8')) as readonly Recorded[];

/** Class of a C type, as the recording has it. */
function kind(declared: string): string {
  if (/\*|\bHandle\b|\bIn\b|\bDims\b/.test(declared)) return 'pointer';
  const type = /^\w+/.exec(declared)![0];
  return type === 'unsigned' || type === 'uint32_t' ? 'uint32' : type.replace('int32_t', 'int32');
}

/** Signatures by name, of C text that declares or defines functions. */
function signatures(text: string): Record<string, string> {
  const found = text.matchAll(/^(\w[\w *]*?[ *])(dnnl_\w+)\(([^)]*)\)/gm);
  return Object.fromEntries(
    [...found].map(([, result, name, list]) => {
      const parameters = list!.split(',').map((one) => one.trim());
      const named = parameters.filter((one) => one !== '' && one !== 'void');
      const classed = named.map((one) => `${kind(one)} ${/\w+$/.exec(one)![0]}`);
      return [name!, `${kind(result!)}(${classed.join(', ')})`];
    }),
  );
}

const withoutRoles = (functions: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(functions).map(([name, signature]) => [name, signature.replaceAll(/ \w+(?=[,)])/g, '')]),
  );

describe.each(headers)('the header of oneDNN $version', ({ version, functions, numbers }) => {
  const versioned = version.startsWith('2.') ? version2 : version3;

  it('has every function we call, with the same parameters in the same order', () => {
    expect(signatures([...commonPrototypes, ...versioned.prototypes].join('\n'))).toEqual(functions);
  });

  it('gives its constants the numbers we use', () => {
    const { dataTypes, propagation, poolings, binaries, queries, argument, statuses } = constants;
    const { engineKindCpu, streamInOrder, formatAny, typeOfDestination, convolutionDirect, unimplemented } = constants;
    const { eltwise, normalization, bfloat16Isa } = versioned.numbers;
    const { amxIsa, argumentLayout, ...recorded } = numbers;
    expect({
      ...{ engineKindCpu, streamInOrder, formatAny, typeOfDestination, convolutionDirect, unimplemented },
      ...{ dataTypes, propagation, poolings, binaries, queries, argument, eltwise, normalization, bfloat16Isa },
      mostDimensions: nativeDims([]).length,
      bytesOfDimension: nativeDims([]).BYTES_PER_ELEMENT,
      statuses: Object.fromEntries(statuses.map((words, status) => [words, status])),
    }).toEqual(recorded);
    expect(Number(amxIsa) & bfloat16Isa, 'AMX counts as arithmetic in bfloat16').toBe(bfloat16Isa);
  });

  it('lays out the arguments of a primitive as we do', () => {
    const { bytes, role, memory } = numbers.argumentLayout;
    const list = nativeArguments([
      [1, 2n],
      [0x01020304, 0x0506070809n],
    ]);
    const view = new DataView(list.buffer);
    expect(list.length).toBe(2 * bytes);
    expect(view.getInt32(bytes + role, true)).toBe(0x01020304);
    expect(view.getBigUint64(bytes + memory, true)).toBe(0x0506070809n);
  });
});

// The stand-in, which version3.test.ts calls, names its parameters shortly; their types are compared.
it.each(headers.filter(({ version }) => version.startsWith('3.')))(
  'the recording stand-in has the functions of oneDNN $version',
  ({ functions }) => {
    const { dnnl_version, ...standIn } = signatures(readFileSync(new URL('recording-version-3.c', fixtures), 'utf8'));
    expect(withoutRoles(standIn)).toEqual(withoutRoles(functions));
  },
);
