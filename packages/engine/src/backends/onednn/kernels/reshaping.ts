import type { Kernel } from '../compile/compilation.js';

/** Operators that leave the elements and their order as they are. */
export const reshaping: Kernel = (node, c) => {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  if (!c.has(input) || node.outputs.length > 1) return false;
  const { scope, program } = c;
  const [from, to] = [c.dims(input), c.dims(output)];
  const x = c.value(input);
  const same = from.join() === to.join();
  const plain = same ? x : program.plain(x, x.type);
  c.define(output, same ? x : { ...plain, dims: to, descriptor: scope.plain(to, x.type) });
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || !c.wants(input)) return;
    const gradient = same ? dy : program.plain(dy, dy.type);
    c.addGradient(input, same ? dy : { ...gradient, dims: from, descriptor: scope.plain(from, dy.type) });
  });
  return true;
};
