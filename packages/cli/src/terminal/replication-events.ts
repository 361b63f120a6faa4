import { cutText, type OnReplicationEvent, type ReplicationStage } from '@chromaray/replicate';
import type { ProgressDisplay } from './progress.js';
import { showStudyEvents } from './study-events.js';

const stages: Readonly<Record<ReplicationStage, string>> = {
  'original-colour': 'A, as it was done: color-final on copies of a few colour X-rays.',
  unseen: 'B: that network on the official test part, in the same colours.',
  'original-gray': 'A, as it was done: gray-final on the official training part, with the test part as validation.',
  controlled: 'C: the controlled protocol.',
};

/** Shows the events of a replication and of its studies as lines and a moving progress line. */
export function showReplicationEvents(progress: ProgressDisplay): OnReplicationEvent {
  const showStudy = showStudyEvents(progress);
  return (event) => {
    if (event.kind === 'stage-begun') progress.note(stages[event.stage]);
    else if (event.kind === 'colour-chosen') progress.note(event.colour.note);
    else if (event.kind === 'plan-cut') progress.note(cutText(event.cut));
    else showStudy(event);
  };
}
