import { intAttribute, stringAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import { reshape, upstream } from '../emit.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { requiredInput } from '../shapes.js';
import { productOf, quotientOf } from '../sizes.js';

/** Spreads channels over blocks of places, `[N, C b b, H, W]` to `[N, C, H b, W b]`; PyTorch's pixel shuffle is its mode CRD. */
export const depthToSpace: Operator = {
  opType: 'DepthToSpace',
  infer(context) {
    const { dtype, shape, block } = blocks(context);
    const [count, channels, height, width] = shape;
    const depth = quotientOf(channels!, block ** 2);
    if (depth === undefined)
      throw shapeError(context.node, `cannot spread ${channels} channels over ${block}x${block}`);
    return [{ dtype, shape: [count!, depth, productOf([height!, block]), productOf([width!, block])] }];
  },
  gradient(context) {
    const { node } = context;
    const block = intAttribute(node, 'blocksize', 1);
    const columnsFirst = stringAttribute(node, 'mode', 'DCR') === 'CRD';
    return [gathered(context, block, columnsFirst)];
  },
};

/** Gathers blocks of places into channels, the opposite of `DepthToSpace` in its mode DCR. */
export const spaceToDepth: Operator = {
  opType: 'SpaceToDepth',
  infer(context) {
    const { dtype, shape, block } = blocks(context);
    const [count, channels, ...area] = shape;
    const sides = area.map((side) => quotientOf(side, block));
    const wide = area[sides.indexOf(undefined)];
    if (wide !== undefined) throw shapeError(context.node, `cannot divide ${wide} places into blocks of ${block}`);
    return [{ dtype, shape: [count!, productOf([channels!, block ** 2]), ...(sides as number[])] }];
  },
  gradient(context) {
    const blocksize = intAttribute(context.node, 'blocksize', 1);
    return [context.builder.node('DepthToSpace', [upstream(context)], { blocksize, mode: 'DCR' })];
  },
};

function blocks(context: ShapeContext) {
  const { dtype, shape } = requiredInput(context, 0);
  const block = intAttribute(context.node, 'blocksize', 0);
  if (shape.length !== 4 || block < 1) throw shapeError(context.node, 'needs an input [N, C, H, W] and a blocksize');
  return { dtype, shape, block };
}

/** The places of each block back to channels: `[N, C, H, b, W, b]` to `[N, b, b, C, H, W]`, or with C first. */
function gathered(context: GradientContext, block: number, channelsFirst: boolean): string {
  const { builder } = context;
  const [count, deep, height, width] = context.shape(context.input(0)) as [number, number, number, number];
  const channels = deep / block ** 2;
  const apart = reshape(builder, upstream(context), [count, channels, height, block, width, block]);
  const perm = channelsFirst ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4];
  return reshape(builder, builder.node('Transpose', [apart], { perm }), [count, deep, height, width]);
}
