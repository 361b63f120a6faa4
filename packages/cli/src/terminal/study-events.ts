import type { OnStudyEvent, StudyEvent } from '@chromaray/contracts';
import type { Progress } from './progress.js';

/** Epochs that take at least this long are worth a line each; quicker ones would scroll everything else away. */
const slowEpochSeconds = 10;

/** Turns a study's events into lines and a moving progress line. */
export function showStudyEvents(progress: Progress): OnStudyEvent {
  return (event) => {
    switch (event.kind) {
      case 'note':
        progress.note(event.text);
        break;
      case 'progress':
        progress.update(event);
        break;
      case 'trial':
        if (event.state === 'finished' || event.state === 'failed' || event.state === 'resumed') {
          progress.note(
            `${event.arm}, seed ${event.seed}: ${event.state} (${event.finished} of ${event.trials} trials done)`,
          );
        }
        break;
      case 'epoch':
        if (event.epoch.seconds >= slowEpochSeconds) progress.note(epochLine(event));
        break;
    }
  };
}

function epochLine({ arm, seed, epoch }: Extract<StudyEvent, { kind: 'epoch' }>): string {
  const { trainLoss, validationLoss, validationAuroc, seconds } = epoch;
  return `${arm}, seed ${seed}: epoch ${epoch.epoch}, loss ${trainLoss.toFixed(3)}, validation loss ${validationLoss.toFixed(3)}, AUROC ${validationAuroc.toFixed(3)}, ${seconds.toFixed(0)} s`;
}
