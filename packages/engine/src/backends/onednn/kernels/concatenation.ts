import { intAttribute } from '../../../graph/attributes.js';
import type { Kernel } from '../compile/compilation.js';

/** Concatenation: every input is copied to its place in the output, and every gradient from there. */
export const concatenation: Kernel = (node, c) => {
  const { inputs } = node;
  const output = node.outputs[0]!;
  if (!inputs.every((name) => c.has(name))) return false;
  const { scope, program } = c;
  const dims = c.dims(output);
  const axis = intAttribute(node, 'axis', 0);
  const along = axis < 0 ? axis + dims.length : axis;
  const type = c.activations;
  const whole = scope.plain(dims, type);
  let offset = 0;
  const parts = inputs.map((name) => {
    const size = c.dims(name);
    const offsets = size.map((_, i) => (i === along ? offset : 0));
    offset += size[along]!;
    return { name, dims: size, descriptor: scope.part(whole, size, offsets) };
  });
  const joined = program.value(dims, type, whole);
  for (const part of parts) program.copy(c.value(part.name), { ...joined, ...part });
  c.define(output, joined);
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined) return;
    const gradient = program.plain(dy, type);
    for (const part of parts) {
      if (!c.wants(part.name)) continue;
      const own = program.value(part.dims, type, scope.plain(part.dims, type));
      program.copy({ ...gradient, ...part }, own);
      c.addGradient(part.name, own);
    }
  });
  return true;
};
