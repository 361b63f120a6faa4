import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBinary } from '@bufbuild/protobuf';
import { afterAll, describe, expect, it } from 'vitest';
import { GraphBuilder } from '../builder/builder.js';
import { floatTensor, tensorValues } from '../graph/tensor.js';
import type { DType, Graph } from '../graph/types.js';
import { ModelProtoSchema } from './generated/onnx_pb.js';
import { loadModel, readModel } from './read.js';
import { saveModel } from './save.js';
import { writeModel } from './write.js';

// Made by test/reference/make_onnx_models.py with the reference implementation.
const fixtures = join(import.meta.dirname, '../../test/fixtures/onnx');
const fixture = (name: string) => join(fixtures, `${name}.onnx`);
const folder = mkdtempSync(join(tmpdir(), 'onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const types: readonly DType[] = [
  'float32',
  'float64',
  'float16',
  'bfloat16',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
];

describe('reading', () => {
  it.each(types)('takes %s from raw bytes and from the typed field', (dtype) => {
    const { initializers } = loadModel(fixture('every-type')).graph;
    for (const form of ['raw', 'typed']) {
      const tensor = initializers.get(`${dtype}_${form}`)!;
      expect(tensor.dtype).toBe(dtype);
      expect(tensor.dims).toEqual([2, 2]);
      expect(tensorValues(tensor)).toEqual(dtype === 'bool' ? [0, 1, 1, 1] : [0, 1, 2, 3]);
    }
  });

  it('tells kinds of attributes apart and keeps integers no number can hold', () => {
    const [node] = loadModel(fixture('attributes')).graph.nodes;
    expect(node).toMatchObject({ opType: 'Anything', domain: 'test' });
    expect(node!.attributes).toMatchObject({
      an_int: 3,
      big: 2n ** 62n + 1n,
      a_float: { float: 1 },
      text: 't',
      ints: [1, 2],
      floats: { floats: [1, 2.5] },
      texts: ['a', 'b'],
      tensor: floatTensor([1, 2], [1, 2]),
    });
  });

  it('names open sizes, also those without a name', () => {
    const { inputs } = loadModel(fixture('documented')).graph;
    expect(inputs[0]!.shape).toEqual(['batch', 'x_1']);
  });

  it('puts nodes in order', () => {
    expect(loadModel(fixture('unsorted')).graph.nodes.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('finds weights in a file beside the model', () => {
    const { initializers } = loadModel(fixture('external')).graph;
    expect(tensorValues(initializers.get('w')!)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['control-flow', 'CHROMARAY_MODEL_CONTROL_FLOW', /If node "choose"/],
    ['functions', 'CHROMARAY_MODEL_FUNCTIONS', /Twice/],
    ['sparse', 'CHROMARAY_MODEL_SPARSE', /sparse/],
    ['sequence', 'CHROMARAY_MODEL_TYPE', /"x" is a sequence/],
    ['strings', 'CHROMARAY_MODEL_TYPE', /"x" has element type 8/],
    ['unranked', 'CHROMARAY_MODEL_UNRANKED', /"x" has no shape/],
    ['old', 'CHROMARAY_MODEL_VERSION', /operator set is 6/],
    ['missing-value', 'CHROMARAY_GRAPH_VALUE_UNKNOWN', /"gone"/],
    ['cycle', 'CHROMARAY_GRAPH_CYCLE', /depends on its own result/],
    ['short-tensor', 'CHROMARAY_MODEL_TENSOR', /"w" of shape \[3\] has 2 elements/],
    ['external-missing', 'CHROMARAY_MODEL_EXTERNAL_DATA', /gone\.bin/],
    ['external-outside', 'CHROMARAY_MODEL_EXTERNAL_DATA', /not inside the model's folder/],
    ['not-there', 'CHROMARAY_MODEL_MISSING', /cannot be read/],
  ])('refuses %s with its reason', (name, code, message) => {
    const file = fixture(name);
    const expected = { code, message: expect.stringMatching(message), details: expect.anything() };
    expect(() => loadModel(file)).toThrowError(expect.objectContaining(expected));
    expect(() => loadModel(file)).toThrow(file);
  });

  it('refuses weights beside a model that was given as bytes', () => {
    const bytes = readFileSync(fixture('external'));
    expect(() => readModel(bytes)).toThrowError(expect.objectContaining({ code: 'CHROMARAY_MODEL_EXTERNAL_DATA' }));
  });

  it('refuses damaged bytes wherever a file is cut off', () => {
    const bytes = readFileSync(fixture('documented'));
    let refused = 0;
    for (let length = 0; length < bytes.length; length++) {
      try {
        readModel(bytes.subarray(0, length));
      } catch (error) {
        refused++;
        expect((error as { code?: string }).code).toMatch(/^CHROMARAY_(MODEL|GRAPH)_/);
      }
    }
    expect(refused).toBeGreaterThan(bytes.length / 2);
    expect(() => readModel(new TextEncoder().encode('%PDF-1.7'))).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_MODEL_CORRUPT' }),
    );
  });
});

describe('writing', () => {
  it('gives back what it read, down to what the engine does not know', () => {
    const bytes = new Uint8Array(readFileSync(fixture('documented')));
    const before = fromBinary(ModelProtoSchema, bytes);
    const after = fromBinary(ModelProtoSchema, writeModel(readModel(bytes)));
    expect(after).toEqual(before);
    expect(after.$unknown).toBeDefined();
    expect(after.graph!.node[0]!.$unknown).toBeDefined();
  });

  it('keeps what is unknown of a node when the graph around it changes', () => {
    const [elu] = loadModel(fixture('documented')).graph.nodes;
    const graph: Graph = {
      name: 'part',
      inputs: [{ name: 'x', dtype: 'float32', shape: ['batch'] }],
      outputs: [{ name: 'h', dtype: 'float32', shape: ['batch'] }],
      initializers: new Map(),
      nodes: [elu!],
    };
    const model = { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: 'p', metadata: new Map() };
    const [written] = fromBinary(ModelProtoSchema, writeModel(model)).graph!.node;
    expect(written!.docString).toBe('a node');
    expect(written!.$unknown).toBeDefined();
  });

  it('writes numbers as the kind of attribute that is meant', () => {
    const builder = new GraphBuilder('g', 17);
    const x = builder.input('x', 'float32', [2, 2]);
    builder.output(builder.node('Gemm', [x, x], { alpha: 1, transB: 1 }, { outputs: ['y'] }));
    const model = {
      graph: builder.build(),
      opsets: new Map([['', 17]]),
      irVersion: 8,
      producer: 'p',
      metadata: new Map(),
    };
    const file = join(folder, 'written.onnx');
    saveModel(file, model);
    const again = loadModel(file);
    expect(again.graph.nodes[0]!.attributes).toEqual({ alpha: { float: 1 }, transB: 1 });
    expect({ ...again, graph: 0 }).toEqual({ ...model, graph: 0 });
  });

  it('writes metadata that changed', () => {
    const model = loadModel(fixture('documented'));
    expect(model.metadata).toEqual(new Map([['classes', 'a,b']]));
    const changed = { ...model, metadata: new Map([['classes', 'c']]) };
    expect(readModel(writeModel(changed)).metadata).toEqual(changed.metadata);
  });
});
