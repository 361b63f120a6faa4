import { statSync } from 'node:fs';
import path from 'node:path';
import { counted, programVersion, sha256File, writeFileAtomic } from '@chromaray/base';
import { collapseRule } from '@chromaray/engine';
import { addColorizer } from '../colorizer/add.js';
import { contracts, renderUnit } from '../colorizer/contract.js';
import type { InstalledColorizer } from '../colorizer/installed.js';
import { openNetworkColorizer } from '../colorizer/network-colorizer.js';
import type { ColourAnswer } from '../network/models.js';
import type { Photographs } from '../photographs/gather.js';
import type { AdversarialPlan } from './adversarial/plan.js';
import type { AdversarialRecord } from './adversarial/record.js';
import type { AdversarialOutcome } from './adversarial/train-adversarial.js';
import type { AnswerOptions } from './answer.js';
import { type ColorizerRecord, colorizerCard } from './card.js';
import type { FeatureRecord } from './feature-loss.js';
import { type ColourComparison, compareColours } from './measure.js';
import type { TrainingStage } from './plan.js';
import { parametersOf, saveNetwork } from './save-network.js';
import { type SheetPictures, type ShownColorizer, writeContactSheet } from './sheets.js';
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
  readonly context: Pick<StageContext, 'network' | 'loss' | 'augmentation' | 'seed'>;
  readonly name: string;
  readonly photographs: Photographs;
  readonly stages: readonly TrainingStage[];
  readonly answer: ColourAnswer;
  readonly answering: AnswerOptions;
  readonly mean: readonly [u: number, v: number];
  readonly pictures: SheetPictures;
  readonly trained: TrainedNetwork;
  readonly features: FeatureRecord | undefined;
  /** The stages of a critic, where there were some. */
  readonly adversarial: { readonly plan: AdversarialPlan; readonly outcome: AdversarialOutcome } | undefined;
}

/**
 * Saves the network, measures it on the held-out photographs, writes its sheet and card, and installs it.
 *
 * @throws ChromarayError of `addColorizer`; `CHROMARAY_FILE_WRITE`
 */
export async function finishTraining(finished: FinishedTraining): Promise<TrainedColorizer> {
  const { options, context, name, answer, trained, adversarial } = finished;
  const { output, folder, licence } = options;
  const { contract } = context.network;
  const file = path.join(output, `${name}.onnx`);
  saveNetwork(file, context.network, adversarial?.outcome.weights ?? trained.weights, answer);
  const versions = [{ heading: 'coloured', file }];
  if (adversarial?.plan.last === 'nogan') {
    const before = path.join(output, `${name}-before-nogan.onnx`);
    saveNetwork(before, context.network, trained.weights, answer);
    versions.unshift({ heading: 'before NoGAN', file: before });
  }
  const sheet = path.join(output, 'sheet.png');
  const comparisons = await show(finished, versions, sheet);
  const record = await recordOf(finished, file, comparisons);
  const card = path.join(output, `${name}.md`);
  writeFileAtomic(card, colorizerCard(record));
  writeFileAtomic(path.join(output, 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  const installed = await addColorizer(file, {
    ...{ contract, name, origin: `trained on ${record.photographs.source}, see its card` },
    ...(licence !== undefined && { licence }),
    ...(folder !== undefined && { folder }),
  });
  writeFileAtomic(installed.file.replace(/\.onnx$/, '.md'), colorizerCard(record));
  return { installed, record, card, sheet };
}

/** Measures the files on the held-out photographs and shows them side by side; returns what was measured, in their order. */
async function show(
  { options, context, name, photographs, stages, mean, pictures, adversarial }: FinishedTraining,
  versions: readonly { readonly heading: string; readonly file: string }[],
  sheet: string,
): Promise<readonly ColourComparison[]> {
  const { contract } = context.network;
  const side = adversarial?.plan.side ?? stages.at(-1)!.side;
  // A network that takes pictures at the size it was trained on is shown X-rays at that size, too.
  const xRayFactor = contract === 'uv' ? contracts.uv.renderFactor.standard : side / renderUnit;
  const opened: ShownColorizer[] = [];
  try {
    for (const { heading, file } of versions) {
      const pinned = { name, file, contract, sha256: await sha256File(file), tensors: contracts[contract].tensors };
      const threads = options.threads === undefined ? {} : { threads: options.threads };
      opened.push({
        heading,
        photographs: await openNetworkColorizer(pinned, { ...threads, renderFactor: side / renderUnit }),
        xRays: await openNetworkColorizer(pinned, { ...threads, renderFactor: xRayFactor }),
      });
    }
    const comparisons: ColourComparison[] = [];
    for (const { photographs: colorizer } of opened) {
      comparisons.push(await compareColours(colorizer, { ...pictures, positions: photographs.heldOut, side }, mean));
    }
    await writeContactSheet(sheet, sheetTitle(name, adversarial), pictures, opened);
    return comparisons;
  } finally {
    await Promise.all(opened.flatMap((one) => [one.photographs.release(), one.xRays.release()]));
  }
}

/** The name, and what the stages of a critic came to. */
function sheetTitle(name: string, adversarial: FinishedTraining['adversarial']): string {
  const rounds = adversarial?.outcome.rounds ?? [];
  const last = rounds.at(-1);
  if (last === undefined) return name;
  if ((last.noGan ?? last.critic).collapse !== null) return `${name} (critic collapsed)`;
  const steps = rounds.reduce((sum, { noGan }) => sum + (noGan?.generatorSteps ?? 0), 0);
  return last.noGan === null ? `${name} (critic trained)` : `${name} (NoGAN, ${counted(steps, 'step')})`;
}

async function recordOf(
  finished: FinishedTraining,
  file: string,
  comparisons: readonly ColourComparison[],
): Promise<ColorizerRecord> {
  const { options, name, photographs, stages, answer, answering, trained, features, adversarial } = finished;
  const { network, loss, augmentation, seed } = finished.context;
  const { licence = null } = options;
  const { training, heldOut, contents, nearDuplicates, leftOut } = photographs;
  const parameters = parametersOf(network, answer, loss);
  return {
    ...{ name, command: options.command ?? `trainColorizer, ${name}`, version: programVersion() },
    photographs: {
      ...{ source: path.basename(options.photographs), contents, licence, nearDuplicates, leftOut },
      ...{ training: training.length, heldOut: heldOut.length },
    },
    network: { name: network.summary, parameters, bins: answer.centres.length },
    ...{ loss, answer: answering, stages, augmentation, seed },
    ...(features && { features }),
    ...(adversarial && { adversarial: adversarialRecord(adversarial, comparisons) }),
    ...{ examples: trained.examples, seconds: trained.seconds, backend: trained.backend },
    comparison: comparisons.at(-1)!,
    ...{ bytes: statSync(file).size, sha256: await sha256File(file) },
  };
}

function adversarialRecord(
  { plan: { collapse, ...plan }, outcome }: NonNullable<FinishedTraining['adversarial']>,
  comparisons: readonly ColourComparison[],
): AdversarialRecord {
  const collapseWindow = collapseRule(collapse === undefined ? {} : { collapse })?.window ?? null;
  const before = comparisons.length > 1 ? comparisons[0]!.colorizer : null;
  return { ...plan, collapseWindow, rounds: outcome.rounds, before };
}
