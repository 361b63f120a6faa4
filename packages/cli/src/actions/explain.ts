import { counted, decimal, missing, percent } from '@chromaray/base';
import { picturesAt } from '@chromaray/imaging';
import { explainImages, type ImageExplanation, type ImagesExplained } from '@chromaray/study';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { interrupted, writeJson } from '../report-error.js';
import { noteSection } from '../terminal/notes.js';
import { lineWidth, printText } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';

export interface ExplainOptions {
  readonly out: string;
  readonly towards?: string;
  readonly mask?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** What `chromaray explain <model.onnx> <image...>` does. */
export async function explainAction(
  model: string,
  inputs: string[],
  { json, ...options }: ExplainOptions,
  context: Context,
): Promise<void> {
  const images = (await Promise.all(inputs.map(picturesAt))).flat();
  const result = await explainImages(model, images, {
    ...options,
    signal: context.signal,
    onProgress: (progress) => context.progress.update({ phase: 'explaining', unit: 'images', ...progress }),
  });
  context.progress.end();
  if (result.explanations.length < images.length) throw interrupted('Run the same command again.');
  if (json) writeJson(context.out, result);
  else printText(context.out, format(result, lineWidth(context.out)));
  if (result.explanations.some(({ error }) => error !== undefined)) throw new EndedWith(exitCodes.failed);
}

const borderShare = 1 - (1 - 2 / 16) ** 2;
const centreShare = 0.5 ** 2;

function format(
  { positive, notice, featureMap, explanations, randomisation, notes }: ImagesExplained,
  width: number,
): string {
  const unread = explanations.flatMap(({ error }) => (error === undefined ? [] : [error.message]));
  const withLungs = explanations.some((one) => one.error === undefined && one.shares.lungs !== null);
  const heads = [
    'image',
    positive === undefined ? 'probability of what it is called' : `probability of ${positive}`,
    'evidence for',
    'at the border',
    'in the centre',
  ];
  return [
    formatTable(
      [...heads, ...(withLungs ? ['in the lungs'] : [])],
      explanations.map((one) => row(one, withLungs)),
      width,
    ),
    '',
    ...(unread.length === 0 ? [] : ['Not read:', ...unread, '']),
    ...noteSection(notes),
    ...explanations.flatMap(({ picture }) => picture ?? []),
    '',
    `The maps have ${featureMap.width} x ${featureMap.height} places. The border, the outer sixteenth on each side, is ${percent(borderShare, 0)} of the picture; the centre, the middle half in each direction, ${percent(centreShare, 0)}.`,
    ...(randomisation === null ? [] : [checkText(randomisation)]),
    notice,
  ].join('\n');
}

function row(explanation: ImageExplanation, withLungs: boolean): readonly string[] {
  if (explanation.error !== undefined)
    return [explanation.image, missing, 'not read', missing, missing, ...(withLungs ? [missing] : [])];
  const { image, probability, towards, shares } = explanation;
  const share = (value: number | null): string => percent(value, 0);
  const lungs = withLungs ? [share(shares.lungs)] : [];
  return [image, decimal(probability, 6), towards, share(shares.border), share(shares.centre), ...lungs];
}

function checkText({ stages, passed, limit, n }: NonNullable<ImagesExplained['randomisation']>): string {
  const last = stages.at(-1);
  if (passed === null || last === undefined) return 'No map shows any evidence, so there is nothing to compare.';
  const found = `With all ${last.of} layers shuffled, the maps of ${counted(n, 'image')} have a rank correlation of ${decimal(last.rankCorrelation!, 2)} with those of the trained network (at most ${limit} passes)`;
  return passed
    ? `${found}: they show something it learned.`
    : `${found}: they show the images or the architecture, not what it learned. Do not read them.`;
}
