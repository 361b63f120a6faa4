import { statSync } from 'node:fs';
import path from 'node:path';
import { programVersion, sha256File, writeFileAtomic } from '@chromaray/base';
import { addColorizer } from '../colorizer/add.js';
import { contracts, renderUnit } from '../colorizer/contract.js';
import type { InstalledColorizer } from '../colorizer/installed.js';
import type { ColourAnswer } from '../network/models.js';
import type { Photographs } from '../photographs/gather.js';
import type { AnswerOptions } from './answer.js';
import { type ColorizerRecord, colorizerCard } from './card.js';
import { type ColourComparison, compareColours, UvFile } from './measure.js';
import type { TrainingStage } from './plan.js';
import { parametersOf, saveNetwork } from './save-network.js';
import { type SheetPictures, writeContactSheet } from './sheets.js';
import type { StageContext } from './stage.js';
import type { TrainedNetwork } from './train-stages.js';

/** A colorizer that was trained and installed. */
export interface TrainedColorizer {
  readonly installed: InstalledColorizer;
  readonly record: ColorizerRecord;
  readonly card: string;
  readonly sheet: string;
}

/** What a finished training is made up into. */
export interface FinishedTraining {
  readonly options: {
    readonly photographs: string;
    readonly output: string;
    readonly folder?: string;
    readonly licence?: string;
    readonly command?: string;
    readonly threads?: number;
  };
  readonly context: Pick<StageContext, 'loss' | 'augmentation' | 'seed'>;
  readonly name: string;
  readonly photographs: Photographs;
  readonly stages: readonly TrainingStage[];
  readonly answer: ColourAnswer;
  readonly answering: AnswerOptions;
  readonly mean: readonly [u: number, v: number];
  readonly pictures: SheetPictures;
  readonly trained: TrainedNetwork;
}

/**
 * Saves the network, measures it on the held-out photographs, writes its sheet and card, and installs it.
 *
 * @throws ChromarayError of `addColorizer`; `CHROMARAY_FILE_WRITE`
 */
export async function finishTraining(finished: FinishedTraining): Promise<TrainedColorizer> {
  const { options, name, photographs, stages, answer, mean, pictures, trained } = finished;
  const { output, folder, licence } = options;
  const file = path.join(output, `${name}.onnx`);
  saveNetwork(file, trained.weights, answer);
  const sheet = path.join(output, 'sheet.png');
  const side = stages.at(-1)!.side;
  const colorizer = await UvFile.load(file, options.threads);
  let comparison: ColourComparison;
  try {
    comparison = await compareColours(colorizer, { ...pictures, positions: photographs.heldOut, side }, mean);
    const sides = { photographs: side, xRays: renderUnit * contracts.uv.renderFactor.standard };
    await writeContactSheet(sheet, name, pictures, colorizer, sides);
  } finally {
    await colorizer.release();
  }
  const record = await recordOf(finished, file, comparison);
  const card = path.join(output, `${name}.md`);
  writeFileAtomic(card, colorizerCard(record));
  writeFileAtomic(path.join(output, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  const installed = await addColorizer(file, {
    ...{ contract: 'uv', name, origin: `trained on ${record.photographs.source}, see its card` },
    ...(licence !== undefined && { licence }),
    ...(folder !== undefined && { folder }),
  });
  writeFileAtomic(installed.file.replace(/\.onnx$/, '.md'), colorizerCard(record));
  return { installed, record, card, sheet };
}

async function recordOf(
  finished: FinishedTraining,
  file: string,
  comparison: ColourComparison,
): Promise<ColorizerRecord> {
  const { options, name, photographs, stages, answer, answering, trained } = finished;
  const { loss, augmentation, seed } = finished.context;
  const { licence = null } = options;
  const { training, heldOut, contents, nearDuplicates, leftOut } = photographs;
  return {
    ...{ name, command: options.command ?? `trainColorizer, ${name}`, version: programVersion() },
    photographs: {
      ...{ source: path.basename(options.photographs), contents, licence, nearDuplicates, leftOut },
      ...{ training: training.length, heldOut: heldOut.length },
    },
    network: { name: 'colour-unet', parameters: parametersOf(answer), bins: answer.centres.length },
    ...{ loss, answer: answering, stages, augmentation, seed },
    ...{ examples: trained.examples, seconds: trained.seconds, backend: trained.backend, comparison },
    ...{ bytes: statSync(file).size, sha256: await sha256File(file) },
  };
}
