import { stringAttribute } from '../../../graph/attributes.js';
import { graphError, shapeError } from '../../../graph/errors.js';
import type { Dim, GraphNode } from '../../../graph/types.js';
import { expand, reshape, upstream } from '../../emit.js';
import type { GradientContext, Operator } from '../../operator.js';
import { commonType, requiredInput } from '../../shapes.js';

/**
 * Products of tensors summed over the letters that the result lacks, such as `bij,bjk->bik`. The gradient of an operand
 * is the same with operand and result exchanged: `bik,bjk->bij`.
 */
export const einsum: Operator = {
  opType: 'Einsum',
  infer(context) {
    const { node } = context;
    const { operands, result } = equationOf(node);
    const sizes = new Map<string, Dim>();
    operands.forEach((letters, i) => {
      const { shape } = requiredInput(context, i);
      if (shape.length !== letters.length) {
        throw shapeError(node, `names ${letters.length} axes of input ${i}, which has ${shape.length}`);
      }
      shape.forEach((size, axis) => {
        const letter = letters[axis]!;
        const known = sizes.get(letter);
        if (typeof known === 'number' && typeof size === 'number' && known !== size) {
          throw shapeError(node, `has axes of ${known} and ${size} that are both named "${letter}"`);
        }
        if (typeof known !== 'number') sizes.set(letter, size);
      });
    });
    const indices = operands.map((_, i) => i);
    return [{ dtype: commonType(context, indices), shape: [...result].map((letter) => sizes.get(letter)!) }];
  },
  gradient(context) {
    const { operands } = equationOf(context.node);
    return operands.map((_, i) => (context.wants(i) ? operandGradient(context, i) : undefined));
  },
};

interface Equation {
  readonly operands: readonly string[];
  readonly result: string;
}

/** Without a result, its letters are those that occur once, in the order of the alphabet. */
function equationOf(node: GraphNode): Equation {
  const equation = stringAttribute(node, 'equation', '').replaceAll(' ', '');
  const [left = '', right] = equation.split('->') as [string, string?];
  const operands = left.split(',');
  const plain = [...operands, right ?? ''].every((letters) => /^[a-zA-Z]*$/.test(letters));
  const isTwice = operands.some((letters) => new Set(letters).size < letters.length);
  if (!plain || isTwice || operands.length !== node.inputs.length) {
    throw graphError(node, `has the equation "${equation}"; letters are supported, each once in an operand`);
  }
  const all = [...left.replaceAll(',', '')];
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter)).sort();
  return { operands, result: right ?? once.join('') };
}

function operandGradient(context: GradientContext, i: number): string {
  const { builder } = context;
  const { operands, result } = equationOf(context.node);
  const others = operands.flatMap((letters, j) => (j === i ? [] : [[letters, context.input(j)] as const]));
  const own = operands[i]!;
  const present = new Set([...result, ...others.flatMap(([letters]) => [...letters])]);
  // Letters that are summed over in this operand alone: its gradient is the same along them.
  const kept = [...own].filter((letter) => present.has(letter)).join('');
  const equation = `${[result, ...others.map(([letters]) => letters)].join(',')}->${kept}`;
  const product = builder.node('Einsum', [upstream(context), ...others.map(([, name]) => name)], { equation });
  const shape = context.shape(context.input(i));
  const withOnes = shape.map((size, axis) => (present.has(own[axis]!) ? size : 1));
  return expand(builder, reshape(builder, product, withOnes), shape);
}
