import { ChromarayError } from '@chromaray/base';
import { GraphBuilder } from '../../builder/builder.js';
import type { Model, ValueInfo } from '../../graph/types.js';
import { allFinite } from '../../training/finite.js';
import type { StepGraph } from '../../training/step/step-graph.js';
import type { BackendOptions } from '../backend.js';
import { createOrtSession, type OrtTensor } from './ort.js';

/**
 * Finds out where a loss stopped being finite: runs the same step once more with every intermediate value as
 * an output, and names the first one, in order of computation, that holds a NaN or an infinity.
 */
export async function notFiniteError(
  step: StepGraph,
  feeds: Readonly<Record<string, OrtTensor>>,
  options: BackendOptions,
  number: number,
): Promise<ChromarayError> {
  const found = firstInput(feeds) ?? (await firstIntermediate(step.model, feeds, options));
  const tensor = found?.name ?? step.loss;
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_NOT_FINITE',
    message: `The loss of step ${number} is not a finite number. The first tensor that is not finite is "${tensor}"${found?.made ?? ''}.`,
    remedy:
      'Lower the learning rate, clip the gradients (clipNorm), or check the inputs and weights for broken values.',
    details: { step: number, tensor, ...(found?.operator === undefined ? {} : { operator: found.operator }) },
  });
}

interface Found {
  readonly name: string;
  /** How the tensor came about, as an ending of the message. */
  readonly made: string;
  readonly operator?: string;
}

function firstInput(feeds: Readonly<Record<string, OrtTensor>>): Found | undefined {
  for (const [name, tensor] of Object.entries(feeds)) {
    if (tensor.type === 'float32' && !allFinite(tensor.data as Float32Array))
      return { name, made: ', an input of the step' };
  }
  return undefined;
}

async function firstIntermediate(
  model: Model,
  feeds: Readonly<Record<string, OrtTensor>>,
  options: BackendOptions,
): Promise<Found | undefined> {
  const session = await createOrtSession(withAllOutputs(model), options, { graphOptimizationLevel: 'disabled' });
  try {
    const values = await session.run(feeds);
    for (const node of model.graph.nodes) {
      for (const name of node.outputs) {
        const value = values[name];
        if (value?.type !== 'float32' || allFinite(value.data as Float32Array)) continue;
        return { name, made: `, made by ${node.opType} node "${node.name}"`, operator: node.opType };
      }
    }
    return undefined;
  } finally {
    await session.release();
  }
}

function withAllOutputs(model: Model): Model {
  const builder = GraphBuilder.from({ ...model.graph, outputs: [] }, model.opsets.get('')!);
  const outputs = model.graph.nodes
    .flatMap((node) => node.outputs)
    .filter((name) => name !== '')
    .map((name): ValueInfo => ({ name, ...builder.type(name) }));
  return { ...model, graph: { ...model.graph, outputs } };
}
