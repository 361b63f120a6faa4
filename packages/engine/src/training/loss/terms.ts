import { ChromarayError } from '@chromaray/base';
import { upgradeOpset } from '../../builder/upgrade-opset.js';
import type { GraphWriter } from '../../graph/graph-writer.js';
import { modelOpset } from '../../graph/opset.js';
import type { Model, Tensor } from '../../graph/types.js';
import type { DropoutMask } from '../forward/dropout.js';
import { stateTensors } from '../forward/forward.js';
import type { TrainableModel } from '../types.js';
import { embedNetwork } from './embed-network.js';
import { lossNetwork } from './loss-network.js';
import type { CriticLoss, ElementLoss, FeatureLoss, Loss, ShownAs, WeightedLoss } from './types.js';

/** An elementwise loss between two values of a step's graph. */
export interface LossTerm {
  /** float32 [n, ...]. */
  readonly value: string;
  readonly loss: ElementLoss;
  /** A value of as many elements an example, or the same number for all. */
  readonly target: string | number;
  readonly weight: number;
}

/** What a loss can be taken on: values of the step's graph. */
export interface TermInputs {
  readonly logits: string;
  /** [n, K]. */
  readonly targets: string;
  /** Receives the masks of a critic's dropouts; none where the model predicts. */
  readonly masks?: DropoutMask[];
}

/** The summands of a loss. */
export function weightedLosses(loss: Loss): readonly WeightedLoss[] {
  return loss.kind === 'sum' ? loss.terms : [{ loss, weight: 1 }];
}

/** True for a loss that logits and targets alone decide. */
export function isElementLoss(loss: Loss): loss is ElementLoss {
  return loss.kind !== 'sum' && loss.kind !== 'features' && loss.kind !== 'critic';
}

/** Values of the model, other than its logits, that a loss is taken on. */
export function valuesOfLoss(loss: Loss): readonly string[] {
  return weightedLosses(loss).flatMap(({ on }) => (on === undefined ? [] : [on]));
}

/** The critic whose tensors can be replaced from step to step, if a loss has one. */
export function criticOf(loss: Loss): TrainableModel | undefined {
  return weightedLosses(loss)
    .map((term) => term.loss)
    .find((term): term is CriticLoss => term.kind === 'critic')?.critic;
}

/** The critic's tensors that its own training changes, by the names that inputs of a generator's step have. */
export function heldTensors(loss: Loss): ReadonlyMap<string, { readonly name: string; readonly tensor: Tensor }> {
  const critic = criticOf(loss);
  if (critic === undefined) return new Map();
  return new Map([...stateTensors(critic)].map(([name, tensor]) => [`${criticPrefix}/${name}`, { name, tensor }]));
}

const criticPrefix = 'loss/critic/tensors';

/**
 * Model and networks of a loss in one operator set, the newest of theirs.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_NODE` for a form that it no longer has
 */
export function inOneOpset<T extends { readonly model: TrainableModel; readonly loss: Loss }>(specification: T): T {
  const { model, loss } = specification;
  if (isElementLoss(loss)) return specification;
  const networks = weightedLosses(loss).flatMap(({ loss: of }) =>
    of.kind === 'features' ? [of.network] : of.kind === 'critic' ? [of.critic.model] : [],
  );
  const opset = Math.max(...[model.model, ...networks].map(modelOpset));
  const raised = (network: Model) => upgradeOpset(network, opset);
  const raisedLoss = (of: WeightedLoss['loss']): WeightedLoss['loss'] => {
    if (of.kind === 'features') return { ...of, network: raised(of.network) };
    return of.kind === 'critic' ? { ...of, critic: { ...of.critic, model: raised(of.critic.model) } } : of;
  };
  const terms = weightedLosses(loss).map((term) => ({ ...term, loss: raisedLoss(term.loss) }));
  return { ...specification, model: { ...model, model: raised(model.model) }, loss: { kind: 'sum', terms } };
}

/**
 * Adds to a step's graph what a loss computes before it compares: the networks it looks through, on the value and on its
 * target.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_FEATURES` as `lossNetwork`, `CHROMARAY_TRAINING_LOGITS` for a value that the
 *   graph does not have or that has not as many elements as the targets
 */
export function addTerms(builder: GraphWriter, loss: Loss, inputs: TermInputs): readonly LossTerm[] {
  return weightedLosses(loss).flatMap((term, i): readonly LossTerm[] => {
    const value = term.on ?? inputs.logits;
    if (!builder.has(value)) throw noValue(value);
    if (term.loss.kind === 'critic') return [criticTerm(builder, term.loss, value, term.weight, inputs)];
    const target = targetFor(builder, value, inputs);
    if (term.loss.kind === 'features') {
      return featureTerms(builder, term.loss, { value, target, weight: term.weight, prefix: `loss/${i}` });
    }
    return [{ value, loss: term.loss, target, weight: term.weight }];
  });
}

function targetFor(builder: GraphWriter, value: string, { targets }: TermInputs): string {
  const dims = builder.type(value).shape;
  const [wanted, given] = [value, targets].map((name) =>
    builder
      .type(name)
      .shape.slice(1)
      .reduce<number>((product, dim) => product * Number(dim), 1),
  );
  if (wanted === given) return targets;
  throw new ChromarayError({
    code: 'CHROMARAY_TRAINING_LOGITS',
    message: `The loss on "${value}" ([${dims.join(', ')}]) needs targets of ${wanted} numbers an example; they have ${given}.`,
    remedy: 'Take the loss on a value of the size of the targets.',
    details: { value, wanted, given },
  });
}

interface FeatureInputs {
  readonly value: string;
  readonly target: string;
  readonly weight: number;
  readonly prefix: string;
}

function featureTerms(builder: GraphWriter, loss: FeatureLoss, given: FeatureInputs): readonly LossTerm[] {
  const { value, target, weight, prefix } = given;
  const tensors = loss.layers.map(({ tensor }) => tensor);
  const graph = lossNetwork(loss.network, tensors, `The network ${loss.network.graph.name} of the feature loss`);
  const sizes = builder.type(value).shape.slice(1) as readonly number[];
  const picture = builder.node('Reshape', [target, builder.ints([-1, ...sizes])]);
  const [seen, wanted] = (
    [
      ['value', value],
      ['target', picture],
    ] as const
  ).map(([of, shown]) =>
    embedNetwork(builder, graph, {
      prefix: `${prefix}/${of}`,
      tensorPrefix: `${prefix}/tensors`,
      input: shownAs(builder, shown, loss.input),
    }),
  );
  return loss.layers.map(({ tensor, weight: share }) => ({
    value: seen!(tensor),
    loss: { kind: loss.distance },
    target: wanted!(tensor),
    weight: weight * share,
  }));
}

function criticTerm(
  builder: GraphWriter,
  { critic, towards, input }: CriticLoss,
  value: string,
  weight: number,
  { masks }: TermInputs,
): LossTerm {
  const graph = lossNetwork(critic.model, [critic.logits], `The critic ${critic.model.graph.name}`);
  const called = embedNetwork(builder, graph, {
    prefix: 'loss/critic',
    tensorPrefix: criticPrefix,
    input: shownAs(builder, value, input),
    held: new Set(stateTensors(critic).keys()),
    ...(masks === undefined ? {} : { masks }),
    ...(critic.channelDropouts === undefined ? {} : { channelDropouts: critic.channelDropouts }),
  });
  return { value: called(critic.logits), loss: { kind: 'binary-cross-entropy' }, target: towards, weight };
}

function shownAs(builder: GraphWriter, value: string, shown: ShownAs | undefined): string {
  if (shown === undefined) return value;
  const constant = (of: number | readonly number[]) =>
    typeof of === 'number' ? builder.floats(of) : builder.floats(of, [1, of.length, 1, 1]);
  const scaled = builder.node('Mul', [value, constant(shown.scale)]);
  return builder.node('Add', [scaled, constant(shown.shift)]);
}

function noValue(value: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_LOGITS',
    message: `The model has no value named "${value}" for the loss to be taken on.`,
    remedy: 'Name a value of the graph under `on`.',
    details: { value },
  });
}
