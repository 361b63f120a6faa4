import { count, counted, duration, percent } from '@chromaray/base';
import type { OriginalResult, ReplicationResult } from '@chromaray/contracts';
import { publishedColour, publishedGray } from './published.js';
import { publishedTrainingSeconds } from './speed.js';

/** One thing the original study did, beside what it comes to here. */
export interface FaultPoint {
  readonly point: string;
  readonly original: string;
  readonly replicated: string;
  readonly controlled: string;
}

/** The points in which the original study's comparison fails, with this replication's numbers. */
export function faultPoints(result: ReplicationResult): readonly FaultPoint[] {
  const { original, unseen, controlled, labels, plan } = result;
  const { gray, colour } = original;
  const { counts } = controlled.verdict;
  const times = [gray, colour].map(({ published, speed }) => duration(publishedTrainingSeconds(published, speed)));
  return [
    {
      point: 'Copies for data',
      original: `An augmentation with every range at 0: ${count(15_198)} colour pictures from about 15 X-rays, gray classes raised with copies of one X-ray each.`,
      replicated: `${copies(colour, 'Colour')} ${copies(gray, 'Gray')}`,
      controlled: `Each X-ray once; classes are weighted in the loss.`,
    },
    {
      point: 'Split after copying',
      original: 'The same 15 pictures in train, validation and test.',
      replicated: `${count(colour.sources.inBoth)} of the ${count(colour.sources.test)} X-rays in the colour test part are in its training part.`,
      controlled: `By patient: train ${count(counts.train.records)}, validation ${count(counts.validation.records)}, test ${count(counts.test.records)} X-rays.`,
    },
    {
      point: 'Colour on other pictures',
      original: '50 to 69 % of 16 pictures.',
      replicated: `B: ${percent(unseen.accuracy)} of ${count(unseen.records)} X-rays.`,
      controlled: 'Only such pictures are measured.',
    },
    {
      point: 'Positive class',
      original: `${labels.negative}, by a column mixed up; sensitivity and specificity change places.`,
      replicated: `${labels.positive}.`,
      controlled: `${labels.positive}.`,
    },
    {
      point: 'Class balance',
      original: 'Checked by counting zeros and ones of one-hot labels, which are always equal.',
      replicated: `Records counted: colour ${classes(colour)}; gray ${classes(gray)} in training.`,
      controlled: `Records counted: ${count(counts.train.positives)} ${labels.positive} and ${count(counts.train.negatives)} ${labels.negative} in training.`,
    },
    {
      point: 'Test part as validation',
      original: 'Checkpoint, architecture and resolution were chosen on the pictures that were reported.',
      replicated: `As there: the epoch of gray-final (${gray.selectedEpoch ?? '–'}) was chosen on the ${count(gray.test.records)} X-rays it is tested on.`,
      controlled: 'Epoch and threshold are chosen on validation; test is predicted once.',
    },
    {
      point: 'Everything differs at once',
      original: `X-rays, architecture, epochs (${publishedGray.epochs} or ${publishedColour.epochs}), batch (${count(publishedGray.batch)} or ${count(publishedColour.batch)}) and test set.`,
      replicated: 'As there.',
      controlled: `One network, ${counted(controlled.arms.length, 'arm')}, ${counted(plan.controlled.seeds.length, 'seed')}; only the colours differ.`,
    },
    {
      point: 'Validation on 16 images',
      original: 'One image is 6 points.',
      replicated: 'Not repeated: the final networks used other parts.',
      controlled: `One image of ${count(counts.validation.records)} is ${percent(1 / counts.validation.records, 2)}.`,
    },
    {
      point: 'Training times',
      original:
        'Stated: 30 to 60 minutes for gray, 1 minute for colour. Logged: 45 to 100 s for gray, 3.7 minutes for the 100 colour epochs.',
      replicated: `The published epochs would take ${times[0]} for gray and ${times[1]} for colour here.`,
      controlled: controlled.arms
        .map(({ arm, speed }) => `${arm} ${count(Math.round(speed.imagesPerSecond ?? Number.NaN))}/s`)
        .join(', '),
    },
  ];
}

function copies({ counts, sources }: OriginalResult, name: string): string {
  return `${name}: ${count(counts.train.records)} training pictures of ${counted(sources.train, 'X-ray')}.`;
}

function classes({ counts }: OriginalResult): string {
  return `${count(counts.train.positives)} and ${count(counts.train.negatives)}`;
}
