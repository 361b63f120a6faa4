import { describe, expect, it } from 'vitest';
import { title } from '../../backends/conformance/subjects.test-support.js';
import { countParameters } from '../../fit/size.js';
import { largestDifference } from '../../training/step/run-graph.test-support.js';
import { buildDeoldifyCritic } from './critic.js';
import { expectGenerated, formula, forward, tested, torch, withFormula } from './formula.test-support.js';
import { buildDeoldifyGenerator } from './generator.js';

describe.each(tested.map((subject) => [title(subject), subject] as const))(
  "DeOldify's layers give what PyTorch's give, on %s",
  (_, subject) => {
    it.each(torch.generators.slice(0, 2).map((g) => [`${g.height}x${g.width}`, g] as const))(
      'a narrow generator at %s',
      { timeout: 60_000 },
      (__, g) => expectGenerated(g, subject),
    );

    it('the critic', { timeout: 60_000 }, async () => {
      const { channels, height, width, logits } = torch.critic;
      const network = withFormula(buildDeoldifyCritic({ height, width, seed: 1, factor: channels / 256 }));
      const picture = Float32Array.from(formula('picture', 3 * height * width));
      const output = await forward(network, picture, subject);
      expect(output.logits).toHaveLength(3);
      expect(largestDifference(output.logits, logits)).toBeLessThan(1e-4);
    });
  },
);

describe("DeOldify's sizes", () => {
  it('at a small factor: channels of the decoder, attention begins at 0, squares begin alike', () => {
    const { model, trainable } = buildDeoldifyGenerator({
      height: 64,
      width: 64,
      seed: 1,
      factor: 1.5,
      encoderChannels: 8,
    });
    const dims = (name: string) => model.graph.initializers.get(name)!.dims;
    // The published 768, 768, 672 and 300 are these at 64 channels.
    expect([1, 2, 3, 4].map((i) => dims(`up-${i}/2/kernel`)[0])).toEqual([96, 96, 84, 37]);
    expect([...(model.graph.initializers.get('attention/gamma')!.data as Float32Array)]).toEqual([0]);
    const kernel = model.graph.initializers.get('up-1/kernel')!;
    const each = kernel.dims[1]!;
    const row = (i: number) => [...kernel.data.slice(i * each, (i + 1) * each)];
    for (const i of [1, 2, 3]) expect(row(i)).toEqual(row(0));
    expect(row(4)).not.toEqual(row(0));
    expect(trainable).toContain('encoder/stem/kernel');
    expect(countParameters(buildDeoldifyCritic({ height: 64, width: 64, seed: 1, factor: 1 / 16 }))).toBeGreaterThan(
      3e5,
    );
  });
});
