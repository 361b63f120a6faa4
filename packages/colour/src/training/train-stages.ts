import path from 'node:path';
import type { FitEvent } from '@chromaray/engine';
import type { Weights } from '../network/colorizer-network.js';
import type { ColorizerTrainingEvent } from './events.js';
import type { TrainingStage } from './plan.js';
import { epochSheet, type SheetPictures, writeEpochSheet } from './sheets.js';
import { type StageContext, trainStage } from './stage.js';

/** A network after all its stages. */
export interface TrainedNetwork {
  readonly weights: Weights;
  readonly seconds: number;
  readonly examples: number;
  readonly backend: string;
}

/**
 * Trains stage after stage, each from the weights of the one before, with a sheet after every epoch.
 *
 * @throws ChromarayError of `fit`
 */
export async function trainStages(
  context: StageContext,
  stages: readonly TrainingStage[],
  pictures: SheetPictures,
  { output, onEvent }: { readonly output: string; readonly onEvent?: (event: ColorizerTrainingEvent) => void },
): Promise<TrainedNetwork> {
  const perEpoch = context.photographs.training.length;
  const works = stages.map(({ side, epochs }) => epochs * perEpoch * (side / 64) ** 2);
  const total = works.reduce((sum, work) => sum + work, 0);
  let [weights, seconds, examples, backend, before] = [undefined as Weights | undefined, 0, 0, '', 0];
  for (const [index, stage] of stages.entries()) {
    const writing: Promise<void>[] = [];
    let epoch = 0;
    const result = await trainStage(context, {
      ...{ stage, start: weights, folder: path.join(output, 'checkpoints', `stage-${index + 1}-${stage.side}`) },
      onColours: (colours) => {
        const file = epochSheet(path.join(output, 'sheets'), index, stage.side, epoch + 1);
        const title = `${stage.side} pixels, epoch ${epoch + 1} of ${stage.epochs}`;
        const shown = { colours: colours.slice(), watched: context.watched.photographs.length };
        writing.push(writeEpochSheet(file, title, pictures, shown));
      },
      onEvent: (event: FitEvent) => {
        if (event.kind === 'start') {
          epoch = event.resumedFrom;
          ({ backend } = event);
          onEvent?.({ kind: 'stage', stage: index, stages, resumedFrom: event.resumedFrom });
        } else if (event.kind === 'step') {
          const done = before + ((event.epoch - 1) * perEpoch + event.examples) * (stage.side / 64) ** 2;
          onEvent?.({ kind: 'step', stage: index, stages, epoch: event.epoch, loss: event.loss, done, total });
        } else if (event.kind === 'epoch') {
          epoch = event.record.epoch;
          const sheet = epochSheet(path.join(output, 'sheets'), index, stage.side, epoch);
          onEvent?.({ kind: 'epoch', stage: index, epoch, loss: event.record.loss, sheet });
        }
      },
    });
    await Promise.all(writing);
    ({ weights } = result);
    seconds += result.seconds;
    examples += result.examples;
    before += works[index]!;
  }
  return { weights: weights!, seconds, examples, backend };
}
