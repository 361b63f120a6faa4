import { describe, it } from 'vitest';
import { title } from '../../backends/conformance/subjects.test-support.js';
import { expectGenerated, tested, torch } from './formula.test-support.js';

describe.each(tested.map((subject) => [title(subject), subject] as const))(
  "DeOldify's generator on %s",
  (_, subject) => {
    it('with the whole ResNet-34, at a factor of 0.25, gives what PyTorch gives', { timeout: 240_000 }, () =>
      expectGenerated(torch.generators[2]!, subject),
    );
  },
);
