import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../builder/builder.js';
import { tensorOf, tensorValues } from '../graph/tensor.js';
import type { Graph, Tensor } from '../graph/types.js';
import { inlineAliases } from './aliases.js';
import { restorePositionTables } from './position-tables.js';
import { undoStrides } from './undo-strides.js';
import { untie } from './untie.js';

/** Two layers whose second takes the first's weights, directly or by another name. */
function twoLayers(weights: Tensor, name?: string): Graph {
  const builder = new GraphBuilder('layers', 17);
  const x = builder.input('x', 'float32', ['batch', 2]);
  const first = builder.constant('first', weights);
  const second = name === undefined ? first : builder.node('Identity', [first], {}, { outputs: [name] });
  const hidden = builder.node('Add', [x, first], {}, { outputs: ['hidden'] });
  builder.output(builder.node('Mul', [hidden, second], {}, { outputs: ['y'] }));
  return builder.build();
}

const inputsOf = (graph: Graph, output: string) => graph.nodes.find(({ outputs }) => outputs[0] === output)!.inputs;

describe('equal weights that an exporter has merged', () => {
  const zeros = tensorOf('float32', [2], [0, 0]);

  it('are weights of their own again where they have one value, under their names where the file keeps them', () => {
    const named = untie(inlineAliases(twoLayers(zeros, 'second.bias')));
    expect([inputsOf(named, 'hidden')[1], inputsOf(named, 'y')[1]]).toEqual(['first', 'second.bias']);
    const nameless = untie(inlineAliases(twoLayers(zeros)));
    expect([inputsOf(nameless, 'hidden')[1], inputsOf(nameless, 'y')[1]]).toEqual(['first', 'first/y']);
    expect(nameless.initializers.get('first/y')!.data).not.toBe(nameless.initializers.get('first')!.data);
  });

  it('stay shared where they have several values', () => {
    for (const name of [undefined, 'second.bias']) {
      const graph = untie(inlineAliases(twoLayers(tensorOf('float32', [2], [1, 2]), name)));
      expect([inputsOf(graph, 'hidden')[1], inputsOf(graph, 'y')[1]]).toEqual(['first', 'first']);
    }
  });
});

describe('tables of relative positions', () => {
  const [height, width, heads] = [2, 3, 2];
  const places = height * width;
  const value = (head: number, rows: number, columns: number) => head * 100 + (rows + 1) * 10 + columns + 2;
  const bias = tensorOf(
    'float32',
    [1, heads, places, places],
    Array.from({ length: heads * places * places }, (_, i) => {
      const [head, from, to] = [Math.floor(i / places ** 2), Math.floor(i / places) % places, i % places];
      const rows = Math.floor(from / width) - Math.floor(to / width);
      return value(head, rows, (from % width) - (to % width));
    }),
  );
  const added = (tensor: Tensor): Graph => {
    const builder = new GraphBuilder('attention', 17);
    const x = builder.input('x', 'float32', ['batch', heads, places, places]);
    builder.output(builder.node('Add', [x, builder.constant('bias', tensor)], {}, { outputs: ['y'] }));
    return builder.build();
  };

  it('are restored from what was looked up in them', () => {
    const graph = restorePositionTables(added(bias));
    expect(graph.nodes.map(({ opType }) => opType)).toEqual(['Gather', 'Reshape', 'Add']);
    const table = graph.initializers.get('bias')!;
    expect(table.dims).toEqual([heads, (2 * height - 1) * (2 * width - 1)]);
    const looked = tensorValues(graph.initializers.get('bias/places')!).map((column) => table.data[column]!);
    expect(looked).toEqual([...bias.data].slice(0, places ** 2));
  });

  it('are not seen in constants whose entries differ, or in which all are equal', () => {
    const other = { ...bias, data: bias.data.slice() };
    other.data[7] = -1;
    const uniform = { ...bias, data: new Float32Array(bias.data.length) };
    for (const tensor of [other, uniform]) {
      expect(restorePositionTables(added(tensor)).nodes.map(({ opType }) => opType)).toEqual(['Add']);
    }
  });
});

describe('a view of memory that an exporter writes as a look-up of everything in order', () => {
  const viewed = (indices: readonly number[]): Graph => {
    const builder = new GraphBuilder('view', 17);
    const x = builder.input('x', 'float32', [1, 2, 2]);
    const flat = builder.node('Reshape', [x, builder.ints([-1])]);
    const places = builder.constant('places', tensorOf('int64', [1, 4], indices));
    builder.output(builder.node('Gather', [flat, places], {}, { outputs: ['y'] }));
    return builder.build();
  };

  it('is regrouped instead, and only then', () => {
    expect(undoStrides(viewed([0, 1, 2, 3])).nodes.at(-1)).toMatchObject({
      opType: 'Reshape',
      inputs: ['x', 'y/sizes'],
    });
    expect(undoStrides(viewed([0, 2, 1, 3])).nodes.at(-1)).toMatchObject({ opType: 'Gather' });
  });
});
