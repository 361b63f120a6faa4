import { describe, expect, it } from 'vitest';
import { type Epoch, epochsOf, meanLine, seedLines, withEpochs } from './epoch-table.js';

const epoch = (arm: string, seed: number, number: number, loss: number | null): Epoch => ({
  ...{ arm, seed, epoch: number, trainLoss: 1, trainAccuracy: null, validationLoss: loss, validationAccuracy: null },
  ...{ validationAuroc: null, learningRate: null, seconds: 1 },
});

describe('epochs of a study', () => {
  const first = withEpochs(new Map(), [epoch('gray', 1, 1, 0.5), epoch('gray', 2, 1, 0.7), epoch('gray', 1, 2, 0.4)]);

  it('become a line for each seed, and their mean over the seeds that have got so far', () => {
    const lines = seedLines(first.get('gray')!, 'validationLoss');
    expect(lines).toEqual([
      [
        [1, 0.5],
        [2, 0.4],
      ],
      [[1, 0.7]],
    ]);
    expect(meanLine(lines)).toEqual([
      [1, expect.closeTo(0.6)],
      [2, 0.4],
    ]);
  });

  it('leave the earlier table alone, and an epoch done again takes its place', () => {
    const second = withEpochs(first, [epoch('gray', 1, 2, 0.3), epoch('turbo', 1, 1, null)]);
    expect(seedLines(second.get('gray')!, 'validationLoss')[0]![1]).toEqual([2, 0.3]);
    expect(seedLines(first.get('gray')!, 'validationLoss')[0]![1]).toEqual([2, 0.4]);
    expect([first.has('turbo'), second.get('gray')!.get(2)]).toEqual([false, first.get('gray')!.get(2)]);
    expect(meanLine(seedLines(second.get('turbo')!, 'validationLoss'))).toEqual([]);
  });

  it('come from events, of which others are no epochs', () => {
    const { arm, seed, ...of } = epoch('gray', 1, 1, 0.5);
    const at = '2026-01-01T00:00:00.000Z';
    const done = { at, kind: 'epoch-done', arm, seed };
    const events = [
      { seq: 1, at, kind: 'progress' },
      { ...done, seq: 2, epoch: of },
      { ...done, seq: 3, split: 2, epoch: { ...of, validationLoss: 9 } },
    ];
    // Those of a further split or fold are of other networks.
    expect(epochsOf(events as never)).toEqual([epoch('gray', 1, 1, 0.5)]);
  });
});
