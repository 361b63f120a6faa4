import { count, counted, decimal, duration, listed, percent } from '@chromaray/base';
import { researchUseNotice } from '@chromaray/engine';
import type { ColourLoss } from '../network/colorizer-network.js';
import { type LeftOut, leftOutReasons, leftOutWords } from '../photographs/left-out.js';
import { type AdversarialRecord, adversarialText } from './adversarial/record.js';
import type { AnswerOptions } from './answer.js';
import type { PhotographAugmentation } from './example.js';
import type { FeatureRecord } from './feature-loss.js';
import type { ColourComparison, ColourMetrics } from './measure.js';
import type { TrainingStage } from './plan.js';

/** What is known of a trained colorizer, from which its card is written. */
export interface ColorizerRecord {
  readonly name: string;
  readonly command: string;
  readonly version: string;
  readonly photographs: {
    readonly source: string;
    /** SHA-256 of all their contents. */
    readonly contents: string;
    readonly licence: string | null;
    readonly training: number;
    readonly heldOut: number;
    readonly nearDuplicates: number;
    readonly leftOut: readonly LeftOut[];
  };
  readonly network: { readonly name: string; readonly parameters: number; readonly bins: number };
  readonly loss: ColourLoss;
  /** Of the network that looks at the pictures, too. */
  readonly features?: FeatureRecord;
  /** The stages of a critic. */
  readonly adversarial?: AdversarialRecord;
  readonly answer: AnswerOptions;
  readonly stages: readonly TrainingStage[];
  readonly augmentation: PhotographAugmentation;
  readonly seed: number;
  /** Photographs met in training, each as often as it was. */
  readonly examples: number;
  readonly seconds: number;
  readonly backend: string;
  readonly comparison: ColourComparison;
  readonly bytes: number;
  readonly sha256: string;
}

/** Photographs below which colours are said to be learned from few. */
export const fewPhotographs = 500;

/** The card of a colorizer, in Markdown: what it was made from, how, and how good it is. */
export function colorizerCard(record: ColorizerRecord): string {
  const { photographs, network, stages, augmentation, comparison } = record;
  return `# ${record.name}

${researchUseNotice} Its colours are a guess learned from photographs: they add nothing to an X-ray, and mean nothing in it.

| | |
|---|---|
| photographs | ${counted(photographs.training, 'photograph')} of ${photographs.source}, SHA-256 of their contents ${photographs.contents.slice(0, 16)}… |
| their licence | ${photographs.licence ?? 'not stated; ask before the weights are passed on'} |
| held out | ${count(photographs.heldOut)}, by content; near-duplicates together (${count(photographs.nearDuplicates)} have one) |
| left out | ${leftOutText(photographs.leftOut)} |
| network | ${network.name}, ${count(network.parameters)} parameters${record.loss === 'classes' ? `, ${count(network.bins)} colours` : ''} |
| loss | ${lossText(record)} |
| stages | ${stages.map(({ side, epochs, batch }) => `${side} px: ${counted(epochs, 'epoch')} in batches of ${batch}`).join('; ')} |
${record.adversarial === undefined ? '' : `| critic | ${adversarialText(record.adversarial)} |\n`}| changes | ${augmentation.flip ? 'mirrored, ' : ''}enlarged by up to ${augmentation.zoom}, light varied by up to ${augmentation.lighting}${augmentation.warp ? `, slanted by up to ${augmentation.warp}` : ''} |
| seed | ${record.seed} |
| time | ${duration(record.seconds)}, ${count(record.examples)} photographs met, ${decimal(record.examples / record.seconds, 0)} a second; backend ${record.backend} |
| file | ${count(record.bytes)} bytes, SHA-256 ${record.sha256} |

Made by chromaray ${record.version}:

\`\`\`
${record.command}
\`\`\`

On ${counted(comparison.photographs, 'held-out photograph')} at ${comparison.side} x ${comparison.side} pixels, means:

| | PSNR, dB | SSIM | colourfulness |
|---|---|---|---|
${row(record.name, comparison.colorizer)}
${record.adversarial?.before ? `${row(`${record.name} before NoGAN`, record.adversarial.before)}\n` : ''}${row('gray', comparison.gray)}
${row('mean colour of the training photographs', comparison.meanChroma)}
| the photographs themselves | | 1 | ${decimal(comparison.original, 1)} |

${judgement(record)}

PSNR of red, green and blue; SSIM (Wang 2004) of the same; colourfulness M3 of Hasler & Suesstrunk (2003).
`;
}

/** Whether it learned anything, by what was measured. */
export function judgement({ comparison: { colorizer, gray, meanChroma, original } }: ColorizerRecord): string {
  const reached = `Its colourfulness is ${percent(colorizer.colourfulness / original, 0)} of the photographs’.`;
  const best = Math.max(gray.psnr, meanChroma.psnr);
  if (colorizer.psnr > best) {
    return `It comes closer to the photographs than gray and than the mean colour, by ${decimal(colorizer.psnr - best, 2)} dB. ${reached}`;
  }
  return `It comes no closer to the photographs than ${gray.psnr >= meanChroma.psnr ? 'gray' : 'their mean colour'} does: what it gives are colours, but not theirs. ${reached}`;
}

/** What was left out, and why, in words. */
export function leftOutText(leftOut: readonly LeftOut[]): string {
  const parts = leftOutReasons.flatMap((reason) => {
    const found = leftOut.filter((one) => one.reason === reason).length;
    return found === 0 ? [] : [`${count(found)} ${leftOutWords[reason]}`];
  });
  return parts.length === 0 ? 'none' : parts.join('; ');
}

function lossText({ loss, answer, features, adversarial }: ColorizerRecord): string {
  const own = ownLossText(loss, answer);
  if (features === undefined)
    return adversarial?.last === 'nogan' && loss !== 'pixels' ? `${own}; in NoGAN ${pictureText}` : own;
  const layers = features.layers.map(({ tensor, weight }) => `${tensor} (${weight})`);
  const seen = `L1 of what ${features.network} (SHA-256 ${features.sha256.slice(0, 16)}…) sees at ${listed(layers)}`;
  return loss === 'pixels' ? `${own}, and ${seen}` : `${own}; in NoGAN ${pictureText}, and ${seen}`;
}

const pictureText = 'L1 of red, green and blue in ImageNet’s units';

function ownLossText(loss: ColourLoss, { temperature, rebalance }: AnswerOptions): string {
  if (loss === 'l1') return 'L1 of U and V';
  if (loss === 'pixels') return pictureText;
  return `cross-entropy over colours; their mean at temperature ${temperature}, rare colours weighed by ${rebalance}`;
}

function row(name: string, { psnr, ssim, colourfulness }: ColourMetrics): string {
  return `| ${name} | ${decimal(psnr, 2)} | ${decimal(ssim, 4)} | ${decimal(colourfulness, 1)} |`;
}
