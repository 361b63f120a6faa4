import { count, counted } from '@chromaray/base';
import {
  type ColorizerTrainingEvent,
  judgement,
  leftOutText,
  photographChanges,
  type TrainedColorizer,
  trainColorizer,
} from '@chromaray/colour';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';

export interface ColorizerTrainOptions {
  readonly name: string;
  readonly output?: string;
  readonly sizes: readonly number[];
  readonly epochs: readonly number[];
  readonly seed: number;
  readonly loss: 'classes' | 'l1';
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
  const {
    name,
    sizes,
    epochs,
    seed,
    loss,
    temperature,
    rebalance,
    warp,
    xRays,
    licence,
    threads,
    backend,
    colorizers,
  } = options;
  const output = options.output ?? `colorizer-${name}`;
  const trained = await trainColorizer({
    ...{ photographs, name, output, sizes, epochs, seed, loss, backend },
    answer: { temperature, rebalance },
    ...(warp > 0 && { augmentation: { ...photographChanges, warp } }),
    command: commandText(photographs, options),
    ...(xRays !== undefined && { xRays }),
    ...(licence !== undefined && { licence }),
    ...(threads !== undefined && { threads }),
    ...(colorizers !== undefined && { folder: colorizers }),
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
  }
}

function format({ installed, record, card, sheet }: TrainedColorizer): string {
  return [
    `${installed.name} is installed as ${installed.file}; use it as --colorizer ${installed.name}, or in a study file as colour: { colorizer: ${installed.name} }.`,
    judgement(record),
    `Card: ${card}`,
    `Sheet: ${sheet}`,
  ].join('\n');
}

/** The command with everything that decides the result. */
function commandText(
  photographs: string,
  { name, sizes, epochs, seed, loss, temperature, rebalance, warp, licence, threads, backend }: ColorizerTrainOptions,
): string {
  const file = photographs.split('/').at(-1)!;
  return [
    `chromaray colorizer train ${file} --name ${name}`,
    `--sizes ${sizes.join()} --epochs ${epochs.join()} --seed ${seed} --loss ${loss}`,
    ...(loss === 'classes' ? [`--temperature ${temperature} --rebalance ${rebalance}`] : []),
    ...(warp > 0 ? [`--warp ${warp}`] : []),
    ...(licence === undefined ? [] : [`--licence ${licence}`]),
    ...(threads === undefined ? [] : [`--threads ${threads}`]),
    ...(backend === 'auto' ? [] : [`--backend ${backend}`]),
  ].join(' ');
}
