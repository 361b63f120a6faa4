import { count } from '@chromaray/base';
import { trainingSection } from '../sections/training.js';
import { tuningSections } from '../sections/tuning.js';
import { unlearnedSentence } from '../sections/unlearned.js';
import type { Ask } from './question.js';

/** Whether the networks were trained to the point where comparing them is fair. */
export const trained: Ask = (input, figures) => {
  const trials = input.arms.flatMap((arm) => arm.trials);
  const finished = trials.filter(({ state }) => state === 'finished');
  const atEnd = finished.filter(({ selectedEpoch, epochs }) => selectedEpoch === epochs.at(-1)?.epoch).length;
  const done =
    finished.length === trials.length ? `All ${count(trials.length)}` : `${finished.length} of ${trials.length}`;
  return {
    id: 'trained',
    title: 'How did training go?',
    short: 'Training',
    answer: `${done} trials finished${
      finished.length === 0
        ? ': there is nothing to compare yet.'
        : ` after ${range(finished.map(({ epochs }) => epochs.length))} epochs; the weights tested are those of ${range(
            finished.flatMap(({ selectedEpoch }) => selectedEpoch ?? []),
            'epoch',
          )}.`
    }${
      atEnd === 0
        ? ''
        : ` ${atEnd === finished.length ? 'All of them' : `${atEnd} of them`} did best in their last epoch: more epochs might have helped.`
    }${unlearnedSentence(input)}`,
    sections: [...tuningSections(input), trainingSection(input, figures)],
  };
};

function range(values: readonly number[], noun?: string): string {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const text = lowest === highest ? count(lowest) : `${count(lowest)} to ${count(highest)}`;
  return noun === undefined ? text : `${noun}${lowest === highest ? '' : 's'} ${text}`;
}
