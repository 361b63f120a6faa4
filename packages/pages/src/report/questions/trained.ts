import { count } from '@chromaray/base';
import { listedElsewhere, ofTheFirst } from '../other-trainings.js';
import type { ReportEpoch } from '../report-input.js';
import { trainingSection } from '../sections/training.js';
import { tuningSections } from '../sections/tuning.js';
import { unlearnedSentence } from '../sections/unlearned.js';
import type { Ask } from './question.js';

/** Whether the networks were trained to the point where comparing them is fair. */
export const trained: Ask = (input, figures) => {
  const trials = input.arms.flatMap((arm) => arm.trials);
  const finished = trials.filter(({ state }) => state === 'finished');
  const atEnd = finished.filter(({ epochs }) => isStillFalling(epochs)).length;
  const done =
    finished.length === trials.length ? `All ${count(trials.length)}` : `${finished.length} of ${trials.length}`;
  return {
    id: 'trained',
    title: 'How did training go?',
    short: 'Training',
    answer: `${done} trials${ofTheFirst(input)} finished${
      finished.length === 0
        ? ': there is nothing to compare yet.'
        : ` after ${range(finished.map(({ epochs }) => epochs.length))} epochs; the weights tested are those of ${range(
            finished.flatMap(({ selectedEpoch }) => selectedEpoch ?? []),
            'epoch',
          )}.`
    }${
      atEnd === 0
        ? ''
        : ` ${atEnd === finished.length ? 'All of them' : `${atEnd} of them`} had their lowest validation loss in the last epoch: more epochs might have helped.`
    }${unlearnedSentence(input)}${listedElsewhere(input)}`,
    sections: [...tuningSections(input), trainingSection(input, figures)],
  };
};

/** Whatever epoch is tested: the last of several has the lowest validation loss of all. */
function isStillFalling(epochs: readonly ReportEpoch[]): boolean {
  const losses = epochs.flatMap(({ validationLoss }) => validationLoss ?? []);
  const last = epochs.at(-1)?.validationLoss ?? null;
  return last !== null && losses.filter((loss) => loss <= last).length === 1;
}

function range(values: readonly number[], noun?: string): string {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const text = lowest === highest ? count(lowest) : `${count(lowest)} to ${count(highest)}`;
  return noun === undefined ? text : `${noun}${lowest === highest ? '' : 's'} ${text}`;
}
