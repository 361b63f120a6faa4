import type { TrialMessage } from '@chromaray/trials';
import { expect, it } from 'vitest';
import { ProgressListener } from './progress-listener.js';
import type { TrialProgress } from './tickets.js';

const figures = {
  trainLoss: 1,
  trainAccuracy: 1,
  validationLoss: 1,
  validationAccuracy: 1,
  learningRate: 1,
  seconds: 1,
};
const epochs = (...numbers: number[]) => numbers.map((epoch) => ({ epoch, ...figures, validationAuroc: null }));

function listen(...progress: Partial<TrialProgress>[]): string[] {
  const seen: string[] = [];
  const listener = new ProgressListener((message: TrialMessage) => {
    if (message.kind === 'epoch') seen.push(`epoch ${message.epoch.epoch}`);
    else if (message.kind === 'step') seen.push(`step ${message.epoch}.${message.step}`);
    else if (message.kind === 'started') seen.push(`started ${message.resumedAtEpoch}`);
    else seen.push(message.reason);
  });
  for (const one of progress)
    listener.hear({ worker: 'w', attempt: 'first', phase: 'training', fallbacks: [], epochs: [], ...one });
  return seen;
}
const started = (resumedAtEpoch: number) => ({ started: { resumedAtEpoch, backend: 'b', parameters: 1 } });

it('tells each thing once, in order, though progress is whole each time and some is missed', () => {
  const step = { epoch: 1, step: 5, steps: 10 };
  expect(
    listen(
      {},
      { ...started(0), step },
      { ...started(0), step },
      { ...started(0), epochs: epochs(1, 2, 3), fallbacks: ['damaged'] },
    ),
  ).toEqual(['started 0', 'step 1.5', 'damaged', 'epoch 1', 'epoch 2', 'epoch 3']);
});

it('begins anew where another worker goes on from an earlier epoch', () => {
  expect(
    listen(
      { ...started(0), epochs: epochs(1, 2, 3) },
      { attempt: 'second' },
      { attempt: 'second', ...started(2), epochs: epochs(3) },
    ),
  ).toEqual(['started 0', 'epoch 1', 'epoch 2', 'epoch 3', 'started 2', 'epoch 3']);
});

it('says which worker has begun, and which has taken over', () => {
  const workers: (string | undefined)[] = [];
  const listener = new ProgressListener((said) => said.kind === 'started' && workers.push(said.worker));
  const progress = { phase: 'training' as const, fallbacks: [], epochs: [], ...started(0) };
  listener.hear({ ...progress, worker: 'lab-2', attempt: 'first' });
  listener.hear({ ...progress, worker: 'lab-2', attempt: 'first' });
  listener.hear({ ...progress, worker: 'lab-3', attempt: 'second' });
  expect(workers).toEqual(['lab-2', 'lab-3']);
});
