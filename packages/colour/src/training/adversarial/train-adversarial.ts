import path from 'node:path';
import { decimal, percent } from '@chromaray/base';
import type { AdversarialEvent, AdversarialResult, StretchRecord } from '@chromaray/engine';
import type { Weights } from '../../network/colorizer-network.js';
import type { ColourAnswer } from '../../network/models.js';
import type { ColorizerTrainingEvent } from '../events.js';
import { type SheetPictures, stretchSheet, writeEpochSheet } from '../sheets.js';
import type { StageContext } from '../stage.js';
import type { AdversarialPlan } from './plan.js';
import { type RoundRecord, turnsRecord } from './record.js';
import { bothInTurn, criticAlone, type Players, playersOf, type Turns, takeTurns } from './turns.js';

/** A generator after the stages of a critic. */
export interface AdversarialOutcome {
  readonly weights: Weights;
  readonly rounds: readonly RoundRecord[];
}

export interface AdversarialStages {
  readonly plan: AdversarialPlan;
  /** Stages done before, by which these are numbered. */
  readonly stagesBefore: number;
  readonly pictures: SheetPictures;
  readonly answer: ColourAnswer;
  readonly output: string;
  readonly onEvent?: (event: ColorizerTrainingEvent) => void;
}

/**
 * The stages of a critic, round after round: the critic alone on what the generator makes, then both in turn. A critic that
 * collapses ends them; the generator is then the one of the best point.
 *
 * @throws ChromarayError of `fitAdversarial`
 */
export async function trainAdversarial(
  context: StageContext,
  start: Weights,
  stages: AdversarialStages,
): Promise<AdversarialOutcome> {
  const { plan } = stages;
  let players: Players = { generator: start, critic: undefined };
  const rounds: RoundRecord[] = [];
  for (let round = 0; round < plan.repeats; round++) {
    const number = stages.stagesBefore + 2 * round + 1;
    const { results, after } = await trainCritic(context, players, stages, { round, number });
    players = after;
    const critic = turnsRecord(results);
    if (plan.last === 'critic' || critic.collapse !== null) {
      rounds.push({ critic, noGan: null });
      break;
    }
    const { steps, batch, every } = plan.noGan;
    const result = await oneStage(context, players, stages, {
      ...bothInTurn(plan),
      ...{ batch, steps, every, kind: 'nogan', round, number: number + 1, part: 0, before: 0 },
    });
    players = playersOf(result);
    const noGan = turnsRecord([result]);
    rounds.push({ critic, noGan });
    if (noGan.collapse !== null) break;
  }
  return { weights: players.generator, rounds };
}

/** Its two learning rates one after the other; in later rounds the lower one alone, as DeOldify does it. */
async function trainCritic(
  context: StageContext,
  players: Players,
  stages: AdversarialStages,
  { round, number }: { readonly round: number; readonly number: number },
): Promise<{ readonly results: readonly AdversarialResult[]; readonly after: Players }> {
  const { batch, epochs, learningRates } = stages.plan.critic;
  const perEpoch = Math.ceil(context.photographs.training.length / batch);
  const results: AdversarialResult[] = [];
  let [after, before] = [players, 0];
  for (const [part, epoch] of epochs.entries()) {
    if (epoch === 0 || (round > 0 && part === 0 && epochs[1]! > 0)) continue;
    const steps = epoch * perEpoch;
    const result = await oneStage(context, after, stages, {
      ...criticAlone(learningRates[part]!),
      ...{ batch, steps, every: Math.min(perEpoch, 100), kind: 'critic', round, number, part, before },
    });
    results.push(result);
    after = playersOf(result);
    before += steps;
    if (result.collapse !== undefined) break;
  }
  return { results, after };
}

type Stage = Pick<Turns, 'switching' | 'generator' | 'critic' | 'batch' | 'steps' | 'every'> & {
  readonly kind: 'critic' | 'nogan';
  /** From 0. */
  readonly round: number;
  /** Of the stage, from 1. */
  readonly number: number;
  /** From 0: the critic has two. */
  readonly part: number;
  /** Steps of the stage in earlier parts. */
  readonly before: number;
};

async function oneStage(
  context: StageContext,
  players: Players,
  { plan, pictures, answer, output, onEvent }: AdversarialStages,
  stage: Stage,
): Promise<AdversarialResult> {
  const { kind, round, number, part, before } = stage;
  const name = `stage-${number}-${kind}`;
  const writing: Promise<void>[] = [];
  let colours = new Float32Array();
  const finished = (record: StretchRecord): void => {
    const sheet = stretchSheet(path.join(output, 'sheets'), name, plan.side, before + record.step);
    const shown = { colours, watched: context.watched.photographs.length };
    writing.push(writeEpochSheet(sheet, titleOf(kind, before + record.step, record), pictures, shown));
    onEvent?.({ kind: 'stretch', stage: kind, round, step: before + record.step, record, sheet });
  };
  const result = await takeTurns(context, plan, answer, players, {
    ...stage,
    ...{ folder: path.join(output, 'checkpoints', `${name}-${part + 1}-${plan.side}`), label: `${name}-${part + 1}` },
    onColours: (given) => {
      colours = given.slice();
    },
    onEvent: (event: AdversarialEvent) => {
      if (event.kind === 'start' && event.resumedFrom > 0) {
        onEvent?.({ kind: 'turns', stage: kind, round, resumedFrom: before + event.resumedFrom });
      } else if (event.kind === 'step') {
        const { step, steps, trained, loss } = event;
        onEvent?.({
          kind: 'turn',
          stage: kind,
          round,
          side: plan.side,
          step: before + step,
          steps: before + steps,
          trained,
          loss,
        });
      } else if (event.kind === 'stretch') finished(event.record);
      else if (event.kind === 'collapse') onEvent?.({ kind: 'warning', message: event.message });
    },
  });
  await Promise.all(writing);
  return result;
}

/** Who stands where, in few words: it goes over a sheet. */
function titleOf(kind: Stage['kind'], step: number, { criticLoss, criticAccuracy }: StretchRecord): string {
  const critic = Number.isNaN(criticLoss)
    ? 'critic at rest'
    : `critic ${decimal(criticLoss, 2)}, ${percent(criticAccuracy, 0)}`;
  return `${kind === 'critic' ? 'Critic alone' : 'NoGAN'}, step ${step}: ${critic}`;
}
