import { readFileSync } from 'node:fs';
import { createOrtSession, type OrtTensor, wrap } from '../../backends/onnxruntime/ort.js';
import { GraphBuilder } from '../../builder/builder.js';

/** Builds a graph of float inputs, runs it once with ONNX Runtime and returns the outputs asked for. */
export async function runGraph(
  inputs: Readonly<Record<string, { readonly dims: readonly number[]; readonly data: readonly number[] }>>,
  build: (builder: GraphBuilder) => readonly string[],
): Promise<readonly Float32Array[]> {
  const builder = new GraphBuilder('test', 17);
  const feeds: Record<string, OrtTensor> = {};
  for (const [name, { dims, data }] of Object.entries(inputs)) {
    builder.input(name, 'float32', dims);
    feeds[name] = wrap('float32', Float32Array.from(data), dims);
  }
  const outputs = build(builder);
  for (const output of outputs) builder.output(output);
  const opsets = new Map([['', 17]]);
  const model = { graph: builder.build(), opsets, irVersion: 8, producer: 'test', metadata: new Map() };
  const session = await createOrtSession(model, { threads: 1 });
  const values = await session.run(feeds);
  await session.release();
  return outputs.map((output) => values[output]!.data as Float32Array);
}

/** A fixture recorded by a script under test/reference. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}

/** The largest difference, relative to 1 + the expected value's size. */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!) / (1 + Math.abs(expected[i]!));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
