import { intAttribute, stringAttribute } from '../../../graph/attributes.js';
import type { Kernel } from '../compile/compilation.js';
import { rowMajor } from '../native/scope.js';

/**
 * DepthToSpace: one copy between two views of the same six axes, [N, C, b, b, H, W], of which the second steps through
 * the places of the larger picture.
 */
export const depthToSpace: Kernel = (node, c) => {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  if (!c.has(input)) return false;
  const { scope, program } = c;
  const block = intAttribute(node, 'blocksize', 1);
  const [count, channels, height, width] = c.dims(output) as [number, number, number, number];
  const dims = [count, channels, block, block, height / block, width / block];
  const deepChannels = channels * block ** 2;
  const area = (height / block) * (width / block);
  const blocksFirst = stringAttribute(node, 'mode', 'DCR') === 'DCR';
  const [channel, row, column] = blocksFirst ? [1, block * channels, channels] : [block ** 2, block, 1];
  const deepStrides = [deepChannels * area, channel! * area, row! * area, column! * area, width / block, 1];
  const wideStrides = [channels * height * width, height * width, width, 1, block * width, block];

  const x = program.plain(c.value(input), c.value(input).type);
  const { type } = x;
  const deep = { dims, descriptor: scope.strided(dims, type, deepStrides) };
  const wide = { dims, descriptor: scope.strided(dims, type, wideStrides) };
  const y = program.value(c.dims(output), type, scope.strided(c.dims(output), type, rowMajor(c.dims(output))));
  program.copy({ ...x, ...deep }, { ...y, ...wide });
  c.define(output, y);
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || !c.wants(input)) return;
    const plain = program.convert(dy, y.descriptor, type);
    const dx = program.value(c.dims(input), type, x.descriptor);
    program.copy({ ...plain, ...wide }, { ...dx, ...deep });
    c.addGradient(input, dx);
  });
  return true;
};
