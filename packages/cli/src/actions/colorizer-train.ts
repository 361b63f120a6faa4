import { count, counted, percent } from '@chromaray/base';
import {
  adversarialText,
  type ColorizerTrainingEvent,
  type ColourLoss,
  judgement,
  type LastStage,
  leftOutText,
  photographChanges,
  type TrainedColorizer,
  trainColorizer,
} from '@chromaray/colour';
import type { StretchRecord } from '@chromaray/engine';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { choicesOf, featuresOf, networkOf, refuseUseless } from './colorizer-train-choices.js';
import { trainingCommand } from './colorizer-training-command.js';

export interface ColorizerTrainOptions {
  readonly name: string;
  readonly output?: string;
  readonly sizes: readonly number[];
  readonly epochs: readonly number[];
  readonly seed: number;
  readonly network: 'colour-unet' | 'deoldify';
  readonly factor?: number;
  readonly encoderChannels?: number;
  readonly encoder?: string;
  readonly encoderInput?: readonly number[];
  readonly loss?: ColourLoss;
  readonly featureNetwork?: string;
  readonly featureTensors?: readonly string[];
  readonly featureWeights?: readonly number[];
  readonly featureInput?: readonly number[];
  readonly until: LastStage;
  readonly criticSize?: number;
  readonly criticFactor?: number;
  readonly criticEpochs?: readonly number[];
  readonly noganSteps?: number;
  readonly noganRepeats?: number;
  readonly noganRate?: number;
  readonly criticLoss?: number;
  readonly criticWeight?: number;
  readonly temperature: number;
  readonly rebalance: number;
  readonly warp: number;
  readonly xRays?: string;
  readonly licence?: string;
  readonly threads?: number;
  readonly backend: string;
  readonly colorizers?: string;
  readonly json?: boolean;
}

/** What `chromaray colorizer train <photographs>` does. */
export async function colorizerTrainAction(
  photographs: string,
  options: ColorizerTrainOptions,
  context: Context,
): Promise<void> {
  const { name, sizes, epochs, seed, loss, temperature, rebalance, warp, xRays, licence, threads, backend } = options;
  const output = options.output ?? `colorizer-${name}`;
  refuseUseless(options);
  const features = featuresOf(options);
  const trained = await trainColorizer({
    ...{ photographs, name, output, sizes, epochs, seed, backend },
    network: networkOf(options),
    last: options.until,
    adversarial: choicesOf(options),
    ...(loss !== undefined && { loss }),
    ...(features !== undefined && { features }),
    answer: { temperature, rebalance },
    ...(warp > 0 && { augmentation: { ...photographChanges, warp } }),
    command: trainingCommand(photographs, options),
    ...(xRays !== undefined && { xRays }),
    ...(licence !== undefined && { licence }),
    ...(threads !== undefined && { threads }),
    ...(options.colorizers !== undefined && { folder: options.colorizers }),
    signal: context.signal,
    onEvent: (event) => show(event, context),
  });
  context.progress.end();
  if (options.json) writeJson(context.out, trained);
  else printText(context.out, format(trained));
}

function show(event: ColorizerTrainingEvent, { progress }: Context): void {
  switch (event.kind) {
    case 'photographs':
      progress.update({ phase: event.step, done: event.done, total: event.total, unit: 'photographs' });
      break;
    case 'gathered': {
      const { training, heldOut, leftOut } = event.photographs;
      const left = leftOut.length === 0 ? '' : ` Left out: ${leftOutText(leftOut)}.`;
      progress.note(`${counted(training.length, 'photograph')} to train on, ${count(heldOut.length)} held out.${left}`);
      break;
    }
    case 'warning':
      progress.note(`Warning: ${event.message}`);
      break;
    case 'stage':
      if (event.resumedFrom > 0) {
        progress.note(
          `Stage ${event.stage + 1} resumes after epoch ${event.resumedFrom} of ${event.stages[event.stage]!.epochs}.`,
        );
      }
      break;
    case 'step': {
      const { side, epochs } = event.stages[event.stage]!;
      const detail = `${side} px, epoch ${event.epoch} of ${epochs}, loss ${event.loss.toFixed(3)}`;
      const [done, total] = [Math.round(event.done), Math.round(event.total)];
      progress.update({ phase: 'training', done, total, unit: 'photographs of 64 px', detail });
      break;
    }
    case 'epoch':
      progress.note(`Epoch ${event.epoch} of stage ${event.stage + 1}: loss ${event.loss.toFixed(4)}; ${event.sheet}`);
      break;
    case 'turns':
      progress.note(`${stageNames[event.stage]} resumes after step ${event.resumedFrom}.`);
      break;
    case 'turn': {
      const { step: done, steps: total, side, trained, loss } = event;
      const detail = `${side} px, ${trained}, loss ${loss.toFixed(3)}`;
      progress.update({ phase: stageNames[event.stage], done, total, unit: 'steps', detail });
      break;
    }
    case 'stretch':
      progress.note(`${stageNames[event.stage]}: step ${event.step}${stretchText(event.record)}; ${event.sheet}`);
  }
}

const stageNames = { critic: 'Critic', nogan: 'NoGAN' } as const;

function stretchText({ criticLoss, criticAccuracy, criticSteps, generatorSteps }: StretchRecord): string {
  const critic =
    criticSteps === 0 ? '' : `, the critic's loss ${criticLoss.toFixed(3)}, ${percent(criticAccuracy, 0)} told rightly`;
  const generator = generatorSteps === 0 ? '' : `, ${counted(generatorSteps, 'step')} of the generator`;
  return `${critic}${generator}`;
}

function format({ installed, record, card, sheet }: TrainedColorizer): string {
  return [
    `${installed.name} is installed as ${installed.file}; use it as --colorizer ${installed.name}, or in a study file as colour: { colorizer: ${installed.name} }.`,
    judgement(record),
    ...(record.adversarial === undefined ? [] : [adversarialText(record.adversarial)]),
    `Card: ${card}`,
    `Sheet: ${sheet}`,
  ].join('\n');
}
