import { count, counted, decimal, listed, percent } from '@chromaray/base';
import type { AdversarialResult, Collapse, StretchRecord } from '@chromaray/engine';
import type { ColourMetrics } from '../measure.js';
import type { AdversarialPlan } from './plan.js';

/** What came of one training of generator and critic. */
export interface TurnsRecord {
  readonly criticSteps: number;
  readonly generatorSteps: number;
  /** Over the last stretch; null where nobody of that name learned in it. */
  readonly criticLoss: number | null;
  readonly criticAccuracy: number | null;
  /** Stretches done, and that whose generator was taken. */
  readonly stretches: number;
  readonly taken: number;
  readonly seconds: number;
  readonly collapse: Collapse | null;
}

/** One round: the critic alone, then, unless that failed, both in turn. */
export interface RoundRecord {
  readonly critic: TurnsRecord;
  readonly noGan: TurnsRecord | null;
}

/** The stages of a critic on a record. */
export interface AdversarialRecord extends Omit<AdversarialPlan, 'collapse'> {
  /** Steps of the critic that a collapse is told by; null where none was looked for. */
  readonly collapseWindow: number | null;
  readonly rounds: readonly RoundRecord[];
  /** The generator before NoGAN, on the held-out photographs; null without NoGAN. */
  readonly before: ColourMetrics | null;
}

export function turnsRecord(results: readonly AdversarialResult[]): TurnsRecord {
  const history = results.flatMap((result) => result.history);
  const last = results.at(-1)!;
  const sum = (of: (record: StretchRecord) => number) => history.reduce((total, record) => total + of(record), 0);
  return {
    criticSteps: sum(({ criticSteps }) => criticSteps),
    generatorSteps: sum(({ generatorSteps }) => generatorSteps),
    criticLoss: known(history.at(-1)?.criticLoss),
    criticAccuracy: known(history.at(-1)?.criticAccuracy),
    stretches: last.history.length,
    taken: last.selectedStretch,
    seconds: sum(({ seconds }) => seconds),
    collapse: last.collapse ?? null,
  };
}

/** NaN cannot be written as JSON. */
function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** What the stages of a critic were and what came of them, in a few sentences. */
export function adversarialText(record: AdversarialRecord): string {
  const { critic, noGan, side, criticFactor, rounds } = record;
  const epochs = critic.epochs.map(
    (epoch, i) => `${counted(epoch, 'epoch')} at a learning rate of ${critic.learningRates[i]}`,
  );
  const sentences = [
    `A critic of DeOldify’s architecture with ${percent(criticFactor, 1)} of its channels learned at ${side} px in batches of ${critic.batch}, ${listed(epochs)}.`,
  ];
  if (record.last === 'nogan') {
    sentences.push(
      `NoGAN: ${counted(noGan.steps, 'step')} in batches of ${noGan.batch}, the critic until its loss was below ${noGan.criticLoss}, then the generator; learning rate ${noGan.learningRate}, the critic’s 5 times as high; the critic’s judgement weighed ${noGan.criticWeight}.`,
    );
  }
  return [
    ...sentences,
    ...rounds.flatMap((round, i) => roundText(round, record, rounds.length > 1 ? `Round ${i + 1}: ` : '')),
  ].join(' ');
}

function roundText(
  { critic, noGan }: RoundRecord,
  { last, collapseWindow }: AdversarialRecord,
  heading: string,
): readonly string[] {
  if (critic.collapse !== null) {
    return [
      `${heading}The critic diverged in step ${critic.collapse.step} of its own training; there was no NoGAN, and the generator stayed as it was.`,
    ];
  }
  const told =
    critic.criticAccuracy === null
      ? ''
      : `At the end of its own training the critic told ${percent(critic.criticAccuracy, 0)} of pictures rightly (loss ${decimal(critic.criticLoss!, 3)}). `;
  if (noGan === null) return [`${heading}${told}${last === 'critic' ? 'The generator stayed as it was.' : ''}`.trim()];
  const steps = `NoGAN took ${count(noGan.criticSteps)} steps of the critic and ${count(noGan.generatorSteps)} of the generator.`;
  return [`${heading}${told}${steps} ${endText(noGan, collapseWindow)}`];
}

const reasons: Readonly<Record<Collapse['reason'], string>> = {
  overpowers: 'it told every picture apart',
  blind: 'it did no better than guess',
  'not finite': 'it diverged',
};

function endText(
  { collapse, taken, stretches, criticSteps, generatorSteps }: TurnsRecord,
  window: number | null,
): string {
  if (collapse === null) {
    if (generatorSteps === 0) return 'The generator’s turn never came, and it stayed as it was.';
    if (window === null) return 'Whether the critic collapsed was not looked at.';
    return criticSteps < window
      ? `The critic’s steps are too few to tell a collapse by, which takes ${window}.`
      : 'The critic did not collapse.';
  }
  const kept =
    taken === 0
      ? 'as it was before NoGAN'
      : `as it was after stretch ${taken} of ${stretches}, its best by its own loss`;
  return `The critic collapsed in step ${collapse.step}: ${reasons[collapse.reason]}. The generator is ${kept}.`;
}
