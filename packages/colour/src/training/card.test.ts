import { describe, expect, it } from 'vitest';
import { type ColorizerRecord, colorizerCard, judgement, leftOutText } from './card.js';

const metrics = (psnr: number, colourfulness: number) => ({ psnr, ssim: 0.9, colourfulness });
const record: ColorizerRecord = {
  ...{
    name: 'mine',
    command: 'chromaray colorizer train set.zip --name mine',
    version: '0.1.0',
    loss: 'classes',
    seed: 7,
  },
  photographs: {
    ...{
      source: 'set.zip',
      contents: 'ab'.repeat(32),
      licence: 'CC0-1.0',
      training: 4798,
      heldOut: 269,
      nearDuplicates: 10,
    },
    leftOut: [
      { file: 'a.jpg', reason: 'colourless' },
      { file: 'b.jpg', reason: 'colourless' },
      { file: 'c.jpg', reason: 'cmyk' },
    ],
  },
  network: { name: 'colour-unet', parameters: 1_685_000, bins: 113 },
  answer: { temperature: 0.5, rebalance: 0.2 },
  stages: [{ side: 64, epochs: 1, batch: 32, learningRate: 2e-3 }],
  augmentation: { flip: true, zoom: 1.2, lighting: 0.5 },
  ...{ examples: 4798, seconds: 100, backend: 'onednn', bytes: 3_400_000, sha256: 'cd'.repeat(32) },
  comparison: {
    ...{ photographs: 269, side: 64, original: 40 },
    ...{ colorizer: metrics(25, 20), gray: metrics(23.5, 0), meanChroma: metrics(23.6, 9) },
  },
};
const compared = (change: Partial<ColorizerRecord['comparison']>) =>
  judgement({ ...record, comparison: { ...record.comparison, ...change } });

describe('the card of a colorizer', () => {
  it('says what was measured, by rule', () => {
    expect(compared({})).toContain('closer to the photographs than gray and than the mean colour, by 1.40 dB');
    expect(compared({})).toContain('50\u00a0% of the photographs’');
    expect(compared({ meanChroma: metrics(25.5, 9) })).toContain('no closer to the photographs than their mean colour');
    expect(compared({ gray: metrics(26, 0) })).toContain('no closer to the photographs than gray does');
  });

  it('says what was left out, and what is not known of the licence', () => {
    expect(leftOutText(record.photographs.leftOut)).toBe(
      '2 gray or of one tone; 1 of CMYK or 12 bits, made for printing',
    );
    expect(leftOutText([])).toBe('none');
    const { photographs } = record;
    expect(colorizerCard(record)).toContain('| CC0-1.0 |');
    expect(colorizerCard({ ...record, photographs: { ...photographs, licence: null } })).toContain('not stated');
  });

  it('names the warp where there was one', () => {
    expect(colorizerCard(record)).not.toContain('slanted');
    const slanted = { ...record, augmentation: { ...record.augmentation, warp: 0.25 } };
    expect(colorizerCard(slanted)).toContain('light varied by up to 0.5, slanted by up to 0.25 |');
  });

  it('tells the stages of a critic, the network that looks, and what was before', () => {
    const turns = {
      ...{ criticSteps: 300, generatorSteps: 0, criticLoss: 0.4, criticAccuracy: 0.8, stretches: 3, taken: 3 },
      ...{ seconds: 1, collapse: null },
    };
    const adversarial = {
      last: 'nogan' as const,
      ...{ side: 64, criticFactor: 0.125, repeats: 1, collapseWindow: 200, before: metrics(24, 17) },
      critic: { batch: 32, epochs: [6, 4], learningRates: [1e-3, 1e-4] },
      noGan: { batch: 32, steps: 9, learningRate: 1e-5, criticLoss: 0.65, criticWeight: 0.5, every: 3 },
      rounds: [{ critic: turns, noGan: { ...turns, generatorSteps: 250 } }],
    } as const;
    const card = colorizerCard({ ...record, adversarial });
    expect(card).toContain('| critic | A critic of DeOldify’s architecture');
    expect(card).toContain('| mine before NoGAN | 24.00 |');
    expect(card).toContain('in NoGAN L1 of red, green and blue');
    const layers = [{ tensor: 'deep', weight: 20 }];
    const features = { network: 'vgg.onnx', sha256: 'ef'.repeat(32), layers, input: 'imagenet' } as const;
    expect(colorizerCard({ ...record, loss: 'pixels', features })).toContain('sees at deep (20) |');
    expect(colorizerCard(record)).not.toMatch(/critic|NoGAN/);
  });

  it('holds the command, the seed, and for research use only', () => {
    const card = colorizerCard(record);
    for (const part of [record.command, '| seed | 7 |', 'For research use only', record.sha256, '113 colours'])
      expect(card).toContain(part);
    expect(colorizerCard({ ...record, loss: 'l1' })).toContain('L1 of U and V');
  });
});
