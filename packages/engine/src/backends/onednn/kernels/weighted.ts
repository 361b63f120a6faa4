import type { GraphNode } from '../../../graph/types.js';
import type { Compilation } from '../compile/compilation.js';
import type { Backward, Descriptor, Operation } from '../native/operation.js';
import { followingActivation } from './activation.js';

/** Descriptors of the four tensors that an operation with weights has, of any layout where oneDNN chooses. */
export interface WeightedTensors {
  readonly source: Descriptor;
  readonly weights: Descriptor;
  readonly bias?: Descriptor | undefined;
  readonly destination: Descriptor;
}

/** What distinguishes convolution and inner product. */
export interface Weighted {
  /** For profiles. */
  readonly title: string;
  /** Names of the values; the bias is `''` without one. */
  readonly input: string;
  readonly weights: string;
  readonly bias: string;
  readonly inputDims: readonly number[];
  readonly outputDims: readonly number[];
  /** The weights' dimensions as oneDNN sees them, and the layout in which they are stored when seen so. */
  readonly weightDims: readonly number[];
  readonly view: Descriptor;
  /** Length of the bias. */
  readonly units: number;
  /** True where the stored bias may have other dimensions than `[units]`. */
  readonly biasIsViewed: boolean;
  readonly forward: (tensors: WeightedTensors) => Operation;
  readonly inputGradient: (tensors: WeightedTensors & Backward) => Operation;
  readonly weightGradient: (tensors: WeightedTensors & Backward) => Operation;
}

/**
 * An operation with weights and perhaps a bias, together with the activation behind it: forward now, gradients when
 * the backward pass is compiled.
 */
export function compileWeighted(node: GraphNode, c: Compilation, of: Weighted): void {
  const { scope, program } = c;
  const { title, inputDims, outputDims, weightDims, view } = of;
  const output = node.outputs[0]!;
  const type = c.activations;
  const outputType = c.typeOf(output);
  const biasDims = [of.units];
  const bias = of.bias === '' ? undefined : scope.plain(biasDims);
  const following = followingActivation(node, c);

  const source = scope.any(inputDims, type);
  const weightsAny = scope.any(weightDims, type);
  const forward = scope.describe(
    of.forward({ source, weights: weightsAny, bias, destination: scope.any(outputDims, outputType) }),
    following === undefined ? [] : [following.operation],
  );
  const destination = scope.any(outputDims, type);
  const inputGradient = c.wants(of.input)
    ? scope.describe(of.inputGradient({ source, weights: weightsAny, destination, forward }))
    : undefined;
  const wantsBias = of.bias !== '' && c.wants(of.bias);
  const weightGradient =
    c.wants(of.weights) || wantsBias
      ? scope.describe(
          of.weightGradient({
            source,
            weights: scope.any(weightDims, 'float32'),
            bias: wantsBias ? bias : undefined,
            destination,
            forward,
          }),
        )
      : undefined;

  if (following !== undefined) c.absorb(following.node, 'forward');
  const x = c.value(of.input);
  const weights = { ...c.value(of.weights), dims: weightDims, descriptor: view };
  const y = program.value(outputDims, outputType, scope.layout(forward, 'destination'));
  program.run(title, forward, {
    source: program.convert(x, scope.layout(forward, 'source'), type),
    weights: program.convert(weights, scope.layout(forward, 'weights'), type),
    ...(bias === undefined ? {} : { bias: { ...c.value(of.bias), dims: biasDims, descriptor: bias } }),
    destination: y,
  });
  c.define(output, y);

  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined) return;
    if (weightGradient !== undefined) {
      const dw = program.value(weightDims, 'float32', scope.layout(weightGradient, 'weightsGradient'));
      const db = wantsBias ? program.value(biasDims, 'float32', bias!) : undefined;
      program.run(`${title} weight gradient`, weightGradient, {
        source: program.convert(x, scope.layout(weightGradient, 'source'), type),
        destinationGradient: program.convert(dy, scope.layout(weightGradient, 'destinationGradient'), type),
        weightsGradient: dw,
        ...(db === undefined ? {} : { biasGradient: db }),
      });
      if (c.wants(of.weights)) c.addGradient(of.weights, dw, view);
      if (db !== undefined) c.addGradient(of.bias, db, of.biasIsViewed ? bias : undefined);
    }
    if (inputGradient !== undefined) {
      const dx = program.value(inputDims, type, scope.layout(inputGradient, 'sourceGradient'));
      program.run(`${title} input gradient`, inputGradient, {
        weights: program.convert(weights, scope.layout(inputGradient, 'weights'), type),
        destinationGradient: program.convert(dy, scope.layout(inputGradient, 'destinationGradient'), type),
        sourceGradient: dx,
      });
      c.addGradient(of.input, dx);
    }
  });
}
