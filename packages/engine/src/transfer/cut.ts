import { nearest } from '@chromaray/base';
import { inferenceForm } from '../graph/inference-form.js';
import { removeDeadNodes } from '../graph/prune.js';
import type { Graph, Model, ValueInfo } from '../graph/types.js';
import { inlineAliases } from './aliases.js';
import { transferError } from './errors.js';
import { findFeatures } from './find-features.js';
import { foldWeights } from './fold-weights.js';
import { restorePositionTables } from './position-tables.js';
import { undoStrides } from './undo-strides.js';
import { untie } from './untie.js';

/** A pretrained network up to its features, not yet checked. */
export interface CutGraph {
  /** Its only output is `features`, whose type is not known yet. */
  readonly graph: Graph;
  /** The picture. */
  readonly input: ValueInfo;
  /** The tensor it was cut at. */
  readonly features: string;
}

/**
 * The part of a network that computes `features`. What comes after is not looked at: a classifier may have
 * operators and shapes that the engine does not know.
 *
 * @param named - default: found by rule, see `findFeatures`
 * @throws ChromarayError `CHROMARAY_TRANSFER_FEATURES` when there is no such tensor, with the nearest name, or none can be found;
 *   `CHROMARAY_TRANSFER_INPUT` when it depends on no input, or on several
 */
export function cutAtFeatures({ graph, opsets }: Model, named: string | undefined, file: string): CutGraph {
  const whole = asTrained(graph, opsets.get('')!);
  const features = named ?? findFeatures(whole, file);
  if (!whole.nodes.some(({ outputs }) => outputs.includes(features))) throw noSuchTensor(whole, features, file);
  const output: ValueInfo = { name: features, dtype: 'float32', shape: [] };
  const cut = removeDeadNodes({ ...whole, outputs: [output] });
  const used = new Set(cut.nodes.flatMap(({ inputs }) => inputs));
  const inputs = whole.inputs.filter(({ name }) => used.has(name) && !whole.initializers.has(name));
  if (inputs.length !== 1) {
    const found = inputs.length === 0 ? 'no input' : `the inputs ${inputs.map(({ name }) => name).join(', ')}`;
    throw transferError(
      'INPUT',
      file,
      `the tensor "${features}" depends on ${found}; it must depend on exactly one, the picture`,
      'Name a tensor that is computed from the picture alone.',
      { features, inputs: inputs.map(({ name }) => name) },
    );
  }
  return { graph: { ...cut, inputs }, input: inputs[0]!, features };
}

/** The graph in the form in which its makers trained it: what exporters did to weights is undone. */
export function asTrained(graph: Graph, opset: number): Graph {
  const whole = undoStrides(inlineAliases(inferenceForm(graph)));
  return untie(restorePositionTables(foldWeights(whole, opset)));
}

const shownNames = 8;

function noSuchTensor(graph: Graph, features: string, file: string) {
  const names = graph.nodes.flatMap(({ outputs }) => outputs.filter((output) => output !== ''));
  const guess = nearest(features, names);
  const last = names.slice(-shownNames).join(', ');
  return transferError(
    'FEATURES',
    file,
    `there is no tensor "${features}" (its last ones are ${last})`,
    guess === undefined
      ? 'Name the tensor that goes into the classifier; Netron shows the names.'
      : `Did you mean ${guess}?`,
    { features, names: names.slice(-100) },
  );
}
