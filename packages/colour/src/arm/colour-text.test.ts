import type { ColourSpec } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { colourOf, colourText } from './colour-text.js';

const colours: readonly ColourSpec[] = [
  'none',
  'repeat',
  { map: 'turbo' },
  { map: 'shuffled', seed: 3, of: 'turbo' },
  { map: 'smooth-random', seed: 3, colourfulness: 20 },
  { learned: true },
  { learned: 'gray' },
  { channels: 'information' },
  { colorizer: 'deoldify', renderFactor: 20 },
];

describe("an arm's colour in a saved model", () => {
  it.each(colours)('is read back as it was written: %j', (colour) => {
    expect(colourOf(colourText(colour), 'net.onnx')).toEqual(colour);
  });

  it.each(['', 'Turbo', '{', '{}', '{"map":3}', '{"colorizer":"a","renderFactor":0}', '{"map":"turbo","more":1}'])(
    'is refused with the file where it is damaged: %s',
    (text) => {
      expect(() => colourOf(text, 'net.onnx')).toThrow(
        expect.objectContaining({
          code: 'CHROMARAY_MODEL_METADATA',
          message: expect.stringMatching(/^net\.onnx: .*"transform"/),
        }),
      );
    },
  );
});
