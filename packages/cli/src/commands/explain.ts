import { explainImages, type ImageExplanation, type ImagesExplained } from '@chromaray/study';
import type { Command } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { interrupted, writeJson } from '../report-error.js';
import { formatTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';
import { jsonOption } from './command.js';

interface Options {
  readonly out: string;
  readonly towards?: string;
  readonly mask?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `chromaray explain <model.onnx> <image...>` */
export function addExplain(parent: Command, context: Context): void {
  parent
    .command('explain')
    .description('where a saved model looks in images (Grad-CAM); for research only')
    .argument('<model.onnx>', 'a model saved by a study')
    .argument('<image...>', 'JPEG, PNG or DICOM files')
    .option('--out <dir>', 'folder for the pictures, X-ray and map side by side', 'explained')
    .option('--towards <class>', 'the class whose evidence is shown; what each image is called, unless told')
    .option('--mask <path>', 'a lung mask (white is lung), or a folder of masks named as the images')
    .option('--check', 'also shuffle the weights layer by layer and compare the maps')
    .option(...jsonOption)
    .addHelpText(
      'after',
      `
Images that cannot be read are listed with the reason, and the exit code is then 1.

Example:
  chromaray explain studies/mine/models/gray-1.onnx a.jpeg b.jpeg --out explained --check`,
    )
    .action(async (model: string, images: string[], { json, ...options }: Options) => {
      const result = await explainImages(model, images, { ...options, signal: context.signal });
      if (result.explanations.length < images.length) throw interrupted('Run the same command again.');
      if (json) writeJson(context.out, result);
      else context.out.write(`${format(result, lineWidth(context))}\n`);
      if (result.explanations.some(({ error }) => error !== undefined)) throw new EndedWith(exitCodes.failed);
    });
}

function format({ positive, notice, featureMap, explanations, randomisation }: ImagesExplained, width: number): string {
  const unread = explanations.flatMap(({ error }) => (error === undefined ? [] : [wrap(error.message, width)]));
  const withLungs = explanations.some((one) => one.error === undefined && one.shares.lungs !== null);
  const heads = ['image', `probability of ${positive}`, 'evidence for', 'at the border', 'in the centre'];
  return [
    formatTable(
      [...heads, ...(withLungs ? ['in the lungs'] : [])],
      explanations.map((one) => row(one, withLungs)),
      width,
    ),
    '',
    ...(unread.length === 0 ? [] : ['Not read:', ...unread, '']),
    ...explanations.flatMap(({ picture }) => picture ?? []),
    '',
    wrap(
      `The maps have ${featureMap.width} x ${featureMap.height} places. The border, the outer sixteenth on each side, is 23 % of the picture; the centre, the middle half in each direction, 25 %.`,
      width,
    ),
    ...(randomisation === null ? [] : [wrap(checkText(randomisation), width)]),
    notice,
  ].join('\n');
}

function row(explanation: ImageExplanation, withLungs: boolean): readonly string[] {
  if (explanation.error !== undefined)
    return [explanation.image, '–', 'not read', '–', '–', ...(withLungs ? ['–'] : [])];
  const { image, probability, towards, shares } = explanation;
  const share = (value: number | null): string => (value === null ? '–' : `${(100 * value).toFixed(0)} %`);
  const lungs = withLungs ? [share(shares.lungs)] : [];
  return [image, probability.toFixed(6), towards, share(shares.border), share(shares.centre), ...lungs];
}

function checkText({ stages, passed, limit, n }: NonNullable<ImagesExplained['randomisation']>): string {
  const last = stages.at(-1);
  if (passed === null || last === undefined) return 'No map shows any evidence, so there is nothing to compare.';
  const found = `With all ${last.of} layers shuffled, the maps of ${n} images have a rank correlation of ${last.rankCorrelation!.toFixed(2)} with those of the trained network (at most ${limit} passes)`;
  return passed
    ? `${found}: they show something it learned.`
    : `${found}: they show the images or the architecture, not what it learned. Do not read them.`;
}
