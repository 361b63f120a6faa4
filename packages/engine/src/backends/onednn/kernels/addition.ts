import type { Kernel } from '../compile/compilation.js';
import { followingActivation } from './activation.js';

/** Addition of two tensors of the same sizes, together with the activation behind it. */
export const addition: Kernel = (node, c) => {
  const [first, second] = node.inputs as [string, string];
  const output = node.outputs[0]!;
  if (!c.has(first) || !c.has(second)) return false;
  const { scope, program } = c;
  const dims = c.dims(output);
  if ([first, second].some((name) => c.dims(name).join() !== dims.join())) return false;
  const a = c.value(first);
  const type = a.type;
  const { descriptor } = a;
  const following = followingActivation(node, c);
  const description = scope.describe(
    { kind: 'binary', algorithm: 'add', first: descriptor, second: descriptor, destination: descriptor },
    following === undefined ? [] : [following.operation],
  );
  if (following !== undefined) c.absorb(following.node, 'forward');
  const sum = program.value(dims, type, descriptor);
  program.run('Add', description, {
    source: a,
    secondSource: program.convert(c.value(second), descriptor, type),
    destination: sum,
  });
  c.define(output, sum);
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined) return;
    for (const name of [first, second]) if (c.wants(name)) c.addGradient(name, dy);
  });
  return true;
};
