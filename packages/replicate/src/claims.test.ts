import type { ClaimOutcome, ControlledArm, Measured, Speed } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { type ClaimNumbers, judgeClaims } from './claims.js';
import { measure } from './measure.js';
import { learningRatio } from './speed.js';

/** `right` of `n` records right, half of them positive. */
function measured(right: number, n: number): Measured {
  return measure(
    Array.from({ length: n }, (_, i) => ({
      record: String(i),
      positive: i % 2 === 0,
      probability: (i % 2 === 0) === i < right ? 0.9 : 0.1,
    })),
  );
}

function speed(imagesPerSecond: number, imagesUntilLearned: number | null): Speed {
  return { imagesPerSecond, imagesUntilLearned, secondsPerEpoch: 1, imagesSeen: 1000 };
}

function arm(name: string, accuracy: number, armSpeed: Speed): ControlledArm {
  const rates = { accuracy, auroc: accuracy, sensitivity: accuracy, specificity: accuracy, trainAccuracy: accuracy };
  const control = name === 'gray';
  return {
    arm: name,
    control,
    seeds: 1,
    parameters: 1,
    accuracyInterval: null,
    trainLoss: 0,
    loss: 0,
    speed: armSpeed,
    imagesPerSecond: [armSpeed.imagesPerSecond ?? 0],
    ...rates,
  };
}

/** The original study's numbers, with what the controlled study found about them left open. */
function numbers(changes: {
  readonly unseen?: Measured;
  readonly fair?: number;
  readonly verdict?: ClaimNumbers['controlled']['comparison']['verdict'];
  readonly fairSpeed?: Speed;
}): ClaimNumbers {
  const { unseen = measured(400, 624), fair = 0.9, verdict = 'no meaningful difference', fairSpeed } = changes;
  const plain = speed(100, 1000);
  return {
    gray: { test: measured(539, 624), speed: speed(100, 3000), size: 96 },
    colour: { test: measured(3009, 3010), speed: plain, size: 96, sources: { train: 15, test: 15, inBoth: 15 } },
    unseen,
    controlled: {
      control: arm('gray', 0.9, plain),
      colour: arm('turbo', fair, fairSpeed ?? plain),
      comparison: { difference: 0, interval: [-0.01, 0.01], verdict },
    },
  };
}

function outcomes(changes: Parameters<typeof numbers>[0]): Record<string, ClaimOutcome> {
  return Object.fromEntries(judgeClaims(numbers(changes)).map(({ id, outcome }) => [id, outcome]));
}

describe('judgeClaims', () => {
  it('puts down to copies what is gone on X-rays not copied and under control', () => {
    expect(outcomes({})).toEqual({
      'colour-is-better': 'reproduced, and shown to come from copies',
      'near-perfect': 'reproduced, and shown to come from copies',
      'trains-faster': 'reproduced, and shown to come from copies',
    });
  });

  it('calls reproduced what the controlled study shows too', () => {
    const found = outcomes({ fair: 0.9995, verdict: 'helps', fairSpeed: speed(250, 1000), unseen: measured(624, 624) });
    expect(new Set(Object.values(found))).toEqual(new Set(['reproduced']));
  });

  it('does not blame copies where the network does as well on other X-rays', () => {
    const found = outcomes({ unseen: measured(624, 624) });
    expect(found['near-perfect']).toBe('not reproduced');
    expect(found['colour-is-better']).toBe('not reproduced');
  });

  it('says in the paragraph the numbers that it decided by', () => {
    const [better] = judgeClaims(numbers({}));
    expect(better!.paragraph).toContain('99.97\u00a0%');
    expect(better!.paragraph).toContain('64.10\u00a0%');
  });
});

describe('learningRatio', () => {
  it('takes what an unlearned network saw as a lower bound, and gives a network that never learned no credit', () => {
    expect(learningRatio(speed(1, 500), speed(1, null))).toBe(2);
    expect(learningRatio(speed(1, null), speed(1, 500))).toBe(0);
    expect(learningRatio(speed(1, null), speed(1, null))).toBeNull();
  });
});
