import { GraphBuilder } from '../../../builder/builder.js';
import type { GraphNode, Model } from '../../../graph/types.js';
import { type Provider, providerNames } from '../../provider.js';
import { isTrainingNorm, lowerBatchNormalization } from './batch-normalization.js';
import { isSizedConvTranspose, lowerConvTranspose } from './conv-transpose.js';
import { isFusedMatMul, lowerFusedMatMul } from './fused-mat-mul.js';

interface Rule {
  /** Providers that lack the operator, or compute it elsewhere. */
  readonly providers: readonly Provider[];
  readonly applies: (node: GraphNode) => boolean;
  readonly lower: (builder: GraphBuilder, node: GraphNode) => void;
}

const rules: readonly Rule[] = [
  {
    providers: providerNames,
    applies: isSizedConvTranspose,
    lower: lowerConvTranspose,
  },
  {
    // WebGPU and CUDA refuse it when it runs, CoreML leaves it to the CPU.
    providers: ['webgpu', 'cuda', 'dml', 'coreml'],
    applies: isTrainingNorm,
    lower: lowerBatchNormalization,
  },
  {
    // They leave it to the CPU, and what it multiplies are the largest values of a step.
    providers: ['webgpu', 'coreml'],
    applies: isFusedMatMul,
    lower: lowerFusedMatMul,
  },
];

/** The same model in operators, and forms of them, that a provider has itself; values keep their names. */
export function lowered(model: Model, provider: Provider): Model {
  const used = rules.filter(({ providers }) => providers.includes(provider));
  const ruleFor = (node: GraphNode) => used.find(({ applies }) => applies(node));
  const { graph } = model;
  if (!graph.nodes.some(ruleFor)) return model;
  const builder = new GraphBuilder(graph.name, model.opsets.get('') ?? 1);
  for (const { name, dtype, shape } of graph.inputs)
    if (!graph.initializers.has(name)) builder.input(name, dtype, shape);
  for (const [name, tensor] of graph.initializers) builder.constant(name, tensor);
  for (const node of graph.nodes) {
    const rule = ruleFor(node);
    if (rule === undefined) builder.append(node);
    else rule.lower(builder, node);
  }
  for (const { name } of graph.outputs) builder.output(name);
  return { ...model, graph: builder.build() };
}
