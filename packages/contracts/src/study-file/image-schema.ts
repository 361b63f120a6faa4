import { z } from 'zod';
import { fits, noBorder } from './choices.js';

const cut = z.number().min(0).lt(0.5);

/**
 * What is done to an X-ray before a network sees it. The keys stand in the order in which they are applied;
 * docs/imaging.md defines each.
 */
export const image = z.strictObject({
  size: z.number().int().min(16).max(1024).default(128),
  window: z
    .union([
      z.enum(['full']),
      z.strictObject({ centre: z.number().min(-1e6).max(1e6), width: z.number().gt(0).max(1e6) }),
    ])
    .exactOptional(),
  crop: z
    .strictObject({
      left: cut.default(noBorder.left),
      right: cut.default(noBorder.right),
      top: cut.default(noBorder.top),
      bottom: cut.default(noBorder.bottom),
    })
    .exactOptional(),
  invert: z.boolean().exactOptional(),
  clahe: z
    .strictObject({
      clip: z.number().min(1).max(256).default(2),
      tiles: z.number().int().min(1).max(64).default(8),
    })
    .exactOptional(),
  bits: z.number().int().min(1).max(8).exactOptional(),
  jpeg: z.number().int().min(1).max(100).exactOptional(),
  fit: z.enum(fits).exactOptional(),
  blur: z.number().min(0).max(64).exactOptional(),
});

/** Labels of the training part that are made wrong on purpose. */
export const labels = z.strictObject({
  flip: z.union([z.number().gt(0).max(1), z.record(z.string().min(1).max(500), z.number().min(0).max(1))]),
  seed: z.number().int().min(0).max(4294967295).default(1),
});
