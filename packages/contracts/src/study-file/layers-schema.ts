import { z } from 'zod';
import { activationNames, initializers, normKinds, poolKinds } from './choices.js';

const side = z.number().int().min(1).max(64);
const many = z.number().int().min(1).max(65_536);

const weighted = {
  bias: z.boolean().exactOptional(),
  initializer: z.enum(initializers).exactOptional(),
  l2: z.number().gt(0).max(10).exactOptional(),
  constraint: z
    .union([
      z.enum(['unit-norm']),
      z.strictObject({ minNorm: z.number().min(0).max(1000), maxNorm: z.number().gt(0).max(1000) }),
    ])
    .exactOptional(),
};

const plain = [
  z.strictObject({
    layer: z.literal('conv'),
    filters: many,
    kernel: side.exactOptional(),
    stride: side.exactOptional(),
    padding: z.union([z.enum(['same', 'valid']), z.number().int().min(0).max(64)]).exactOptional(),
    dilation: side.exactOptional(),
    groups: many.exactOptional(),
    ...weighted,
  }),
  z.strictObject({
    layer: z.literal('norm'),
    kind: z.enum(normKinds).exactOptional(),
    groups: many.exactOptional(),
  }),
  z.strictObject({ layer: z.literal('activation'), kind: z.enum(activationNames) }),
  z.strictObject({
    layer: z.literal('pool'),
    kind: z.enum(poolKinds).exactOptional(),
    size: side.exactOptional(),
    stride: side.exactOptional(),
    padding: z.number().int().min(0).max(32).exactOptional(),
  }),
  z.strictObject({ layer: z.literal('dropout'), rate: z.number().gt(0).lt(1) }),
  z.strictObject({ layer: z.literal('dense'), units: many, ...weighted }),
  z.strictObject({ layer: z.literal('flatten') }),
] as const;

const residual = z.strictObject({
  layer: z.literal('residual'),
  layers: z.array(z.discriminatedUnion('layer', plain)).min(1).max(100),
});

/** The layers of a network that a study describes itself; docs/networks.md explains them. */
export const layers = z
  .array(z.discriminatedUnion('layer', [...plain, residual]))
  .min(1)
  .max(1000);
