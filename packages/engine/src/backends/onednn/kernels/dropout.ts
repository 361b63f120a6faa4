import type { Kernel } from '../compile/compilation.js';

/** Multiplication by a dropout mask, kept elements scaled up: `x * mask / (1 - ratio)`. */
export const dropout: Kernel = (node, c) => {
  const [input, maskName] = node.inputs as [string, string];
  const mask = c.mask(maskName);
  if (mask === undefined || !c.has(input)) return false;
  const { scope, program } = c;
  const output = node.outputs[0]!;
  const x = c.value(input);
  const { descriptor, type, dims } = x;
  const description = scope.describe(
    { kind: 'binary', algorithm: 'multiply', first: descriptor, second: descriptor, destination: descriptor },
    [{ algorithm: 'linear', alpha: mask.scale, beta: 0 }],
  );
  const kept = program.convert(mask.value, descriptor, type);
  const times = (label: string, value: typeof x) => {
    const product = program.value(dims, type, descriptor);
    program.run(label, description, { source: value, secondSource: kept, destination: product });
    return product;
  };
  c.define(output, times('Dropout', x));
  c.onBackward(() => {
    const dy = c.gradient(output);
    if (dy === undefined || !c.wants(input)) return;
    c.addGradient(input, times('Dropout gradient', program.convert(dy, descriptor, type)));
  });
  return true;
};
