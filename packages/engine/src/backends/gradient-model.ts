import { GraphBuilder } from '../builder/builder.js';
import { differentiate } from '../differentiate/differentiate.js';
import { tensorOf } from '../graph/tensor.js';
import type { Model } from '../graph/types.js';
import type { GradientSpecification } from './backend.js';
import { type GradientGraph, gradientGraph } from './gradient-graph.js';

/** A model that gives a value of another with its gradient; whatever runs ONNX graphs can run it. */
export interface GradientModel {
  readonly model: Model;
  readonly cut: GradientGraph;
  /** Name of the gradient; undefined where the output does not depend on the value. */
  readonly gradient: string | undefined;
  /** Sizes of the value, the batch first. */
  readonly shape: readonly number[];
}

/** The forward and the backward pass of a {@link GradientSpecification} as one graph of exactly `batch` examples. */
export function gradientModel(specification: GradientSpecification, batch: number): GradientModel {
  const { model, output, unit, wrt } = specification;
  const cut = gradientGraph(specification, batch);
  // Nodes of the backward pass are named by their operators, as some models name theirs.
  const nodes = cut.graph.nodes.map((node) => ({ ...node, name: `forward/${node.name}` }));
  const builder = GraphBuilder.from({ ...cut.graph, nodes, outputs: [] }, cut.opset);
  const dims = builder.shape(output);
  const chosen = Array.from({ length: dims[0]! * dims[1]! }, (_, i) => Number(i % dims[1]! === unit));
  const seed = builder.constant(builder.unique('seed'), tensorOf('float32', dims, chosen));
  const gradient = differentiate(builder, { gradients: new Map([[output, seed]]), wrt: [wrt] }).get(wrt);
  for (const name of new Set([output, wrt])) builder.output(name);
  if (gradient !== undefined) builder.output(gradient);
  const opsets = new Map([...model.opsets, ['', cut.opset], ['com.microsoft', 1]] as [string, number][]);
  const shape = builder.shape(wrt);
  return { model: { ...model, graph: builder.build(), opsets, metadata: new Map() }, cut, gradient, shape };
}
