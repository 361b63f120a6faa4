import type { TrainingState } from '../backends/backend.js';
import type { CheckpointHeader } from '../fit/checkpoint/file.js';
import type { Collapse, StretchRecord, Switching } from './types.js';

/** Where a training of two networks stands, beside their tensors. */
export interface Position {
  /** Steps of both together, and of each. */
  readonly step: number;
  readonly criticStep: number;
  readonly generatorStep: number;
  /** Whose turn is next, and how many of its turns have gone before in a row. */
  readonly turn: 'generator' | 'critic';
  readonly turns: number;
  /** Losses of the critic's last steps, as many as the rule of collapse looks at. */
  readonly criticLosses: readonly number[];
}

/** What the file of a checkpoint says. */
export interface AdversarialHeader extends CheckpointHeader {
  readonly position: Position;
  readonly history: readonly StretchRecord[];
  readonly progress: { readonly bestEpoch: number; readonly bestScore: number };
  readonly collapse?: Collapse;
}

/** As in fastai, the critic begins. */
export const firstPosition: Position = {
  ...{ step: 0, criticStep: 0, generatorStep: 0 },
  ...{ turn: 'critic', turns: 0, criticLosses: [] },
};

/** The position after a step. `loss` is the critic's where it was its turn. */
export function advanced(position: Position, switching: Switching, loss: number, window: number): Position {
  const { turn } = position;
  const isCritic = turn === 'critic';
  const turns = position.turns + 1;
  const next = {
    step: position.step + 1,
    criticStep: position.criticStep + Number(isCritic),
    generatorStep: position.generatorStep + Number(!isCritic),
    criticLosses: isCritic ? [...position.criticLosses, loss].slice(-window) : position.criticLosses,
  };
  return hasEnded(switching, turn, turns, loss)
    ? { ...next, turn: isCritic ? 'generator' : 'critic', turns: 0 }
    : { ...next, turn, turns };
}

function hasEnded(switching: Switching, turn: Position['turn'], turns: number, loss: number): boolean {
  switch (switching.kind) {
    case 'critic':
      return false;
    case 'fixed':
      return turns >= (turn === 'critic' ? switching.criticSteps : switching.generatorSteps);
    case 'threshold':
      return turn === 'generator' || loss < switching.criticLoss;
  }
}

type States = Readonly<Record<'generator' | 'critic', TrainingState>>;

/** The tensors of both as those of one. */
export function together({ generator, critic }: States): TrainingState {
  const named = (kind: keyof TrainingState) =>
    new Map([
      ...[...generator[kind]].map(([name, data]) => [`generator/${name}`, data] as const),
      ...[...critic[kind]].map(([name, data]) => [`critic/${name}`, data] as const),
    ]);
  return { weights: named('weights'), slots: named('slots') };
}

/** Those of one of the two. */
export function partOf(tensors: ReadonlyMap<string, Float32Array>, player: keyof States): Map<string, Float32Array> {
  const prefix = `${player}/`;
  return new Map(
    [...tensors].flatMap(([name, data]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), data] as const] : [],
    ),
  );
}
