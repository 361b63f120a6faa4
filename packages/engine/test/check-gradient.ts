import { Random } from '@chromaray/base';
import { expect } from 'vitest';
import { GraphBuilder } from '../src/builder/builder.js';
import { differentiate } from '../src/differentiate/differentiate.js';
import { isFloat } from '../src/graph/dtype.js';
import { tensorOf } from '../src/graph/tensor.js';
import type { Graph } from '../src/graph/types.js';
import { type F64Tensor, sizeOf } from './interpreter/f64-tensor.js';
import { interpret } from './interpreter/interpret.js';
import { runOnnxruntime } from './onnxruntime.js';

export interface GradientCheck {
  /** Adds inputs and nodes; returns the outputs that the loss is made of. Shapes must be static. */
  readonly build: (builder: GraphBuilder) => string | readonly string[];
  /** Operator set, 17 unless given. */
  readonly opset?: number;
  /** Values to differentiate with respect to: all floating-point inputs unless given. Must be inputs. */
  readonly wrt?: readonly string[];
  /** Elements of inputs by name; the others are drawn uniformly from `range`. */
  readonly values?: Readonly<Record<string, readonly number[]>>;
  /** -2 to 2 unless given. */
  readonly range?: readonly [low: number, high: number];
  /** Largest error of the gradient against finite differences, relative to the largest gradient: 1e-6. */
  readonly tolerance?: number;
  /** Largest error of ONNX Runtime in the graph's own types, relative to the largest element: 1e-4. */
  readonly runtimeTolerance?: number;
}

/** Elements of one input whose slope is measured; of larger inputs a sample is. */
const sampled = 48;

/**
 * Checks an operator, or a graph of them, three ways:
 *
 * 1. what ONNX Runtime computes equals what the reference interpreter computes;
 * 2. the emitted gradients, run by the interpreter in float64, equal central finite differences of the forward
 *    graph run by the interpreter;
 * 3. the emitted gradients run on ONNX Runtime equal those of the interpreter, which shows that every emitted
 *    node is valid ONNX and means what the rule believes.
 *
 * The loss is the sum of all outputs, each element with a random weight.
 */
export async function checkGradient(check: GradientCheck): Promise<void> {
  const random = new Random('check-gradient');
  const { builder, forward, feeds, outputs, opset } = await checkForward(check);
  const weights = new Map(outputs.map((output) => [output, uniform(builder.shape(output), random, [0.5, 1.5])]));

  const wrt = check.wrt ?? forward.inputs.filter(({ dtype }) => isFloat(dtype)).map(({ name }) => name);
  const seeds = outputs.map((output) => [output, weightConstant(builder, output, weights.get(output)!)] as const);
  const gradients = differentiate(builder, { gradients: new Map(seeds), wrt });
  expect([...gradients.keys()], 'inputs with a gradient').toEqual(wrt);
  const names = [...gradients.values()];
  const backward = graphWith(builder, names);
  const all = interpret(backward, opset, feeds);
  for (const [name, gradient] of gradients) {
    expect(builder.type(gradient), `type of the gradient of ${name}`).toEqual(builder.type(name));
    const slope = (element: number) => finiteDifference(forward, opset, feeds, weights, name, element);
    compareSlopes(name, all.get(gradient)!, slope, check.tolerance ?? 1e-6, random);
  }
  await compareRuntime(backward, names, feeds, all, opset, check);
}

/** The first of these checks alone, for operators without a gradient and older forms of others. */
export async function checkForward(check: GradientCheck) {
  const opset = check.opset ?? 17;
  const builder = new GraphBuilder('check', opset);
  const built = check.build(builder);
  const outputs = typeof built === 'string' ? [built] : built;
  const forward = graphWith(builder, outputs);
  const feeds = makeFeeds(forward, check, new Random('check-forward'));
  const values = interpret(forward, opset, feeds);
  for (const output of outputs) expect(values.get(output)!.dims, `shape of ${output}`).toEqual(builder.shape(output));
  await compareRuntime(forward, outputs, feeds, values, opset, check);
  return { builder, forward, feeds, outputs, opset };
}

/** The builder's graph with these outputs only. */
function graphWith(builder: GraphBuilder, outputs: readonly string[]): Graph {
  return { ...builder.build(), outputs: [...new Set(outputs)].map((name) => ({ name, ...builder.type(name) })) };
}

function uniform(dims: readonly number[], random: Random, [low, high]: readonly [number, number]): F64Tensor {
  return { dims, data: Float64Array.from({ length: sizeOf(dims) }, () => low + (high - low) * random.float()) };
}

function makeFeeds(graph: Graph, check: GradientCheck, random: Random): Map<string, F64Tensor> {
  return new Map(
    graph.inputs.map(({ name, shape }) => {
      const dims = shape as readonly number[];
      const values = check.values?.[name];
      const drawn = uniform(dims, random, check.range ?? [-2, 2]);
      // Rounded to float32, so that ONNX Runtime and the interpreter see the same numbers.
      const data = values === undefined ? drawn.data.map(Math.fround) : Float64Array.from(values);
      return [name, { dims, data }];
    }),
  );
}

function weightConstant(builder: GraphBuilder, output: string, weights: F64Tensor): string {
  const { dtype } = builder.type(output);
  for (const [i, value] of weights.data.entries()) weights.data[i] = Math.fround(value);
  return builder.constant(builder.unique('loss_weight'), tensorOf(dtype, weights.dims, weights.data));
}

function finiteDifference(
  graph: Graph,
  opset: number,
  feeds: ReadonlyMap<string, F64Tensor>,
  weights: ReadonlyMap<string, F64Tensor>,
  name: string,
  element: number,
): number {
  const input = feeds.get(name)!;
  const step = 1e-5 * Math.max(1, Math.abs(input.data[element]!));
  const lossAt = (value: number) => {
    const changed = { dims: input.dims, data: input.data.with(element, value) };
    const values = interpret(graph, opset, new Map(feeds).set(name, changed));
    let loss = 0;
    for (const [output, weight] of weights) {
      const { data } = values.get(output)!;
      weight.data.forEach((w, i) => {
        loss += w * data[i]!;
      });
    }
    return loss;
  };
  const middle = input.data[element]!;
  return (lossAt(middle + step) - lossAt(middle - step)) / (2 * step);
}

function compareSlopes(
  name: string,
  gradient: F64Tensor,
  slope: (element: number) => number,
  tolerance: number,
  random: Random,
): void {
  const { length } = gradient.data;
  const elements =
    length <= sampled
      ? Array.from({ length }, (_, i) => i)
      : Array.from({ length: sampled }, () => Math.floor(random.float() * length));
  const scale = Math.max(1, ...gradient.data.map(Math.abs));
  for (const element of elements) {
    const [found, expected] = [gradient.data[element]!, slope(element)];
    expect(
      Math.abs(found - expected) / scale,
      `gradient of ${name}[${element}]: ${found}, by finite differences ${expected}`,
    ).toBeLessThan(tolerance);
  }
}

async function compareRuntime(
  graph: Graph,
  outputs: readonly string[],
  feeds: ReadonlyMap<string, F64Tensor>,
  expected: ReadonlyMap<string, F64Tensor>,
  opset: number,
  check: GradientCheck,
): Promise<void> {
  const found = await runOnnxruntime(graph, opset, feeds);
  for (const output of outputs) {
    const [a, b] = [found.get(output)!, expected.get(output)!];
    expect(a.dims, `shape of ${output} on ONNX Runtime`).toEqual(b.dims);
    const scale = Math.max(1, ...b.data.map(Math.abs));
    for (const [i, value] of b.data.entries()) {
      expect(
        Math.abs(a.data[i]! - value) / scale,
        `${output}[${i}] on ONNX Runtime: ${a.data[i]}, not ${value}`,
      ).toBeLessThan(check.runtimeTolerance ?? 1e-4);
    }
  }
}
