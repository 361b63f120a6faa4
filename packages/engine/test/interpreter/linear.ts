import { floatAttribute, intAttribute, stringAttribute } from '../../src/graph/attributes.js';
import { at, broadcastAt, broadcastDims, type F64Tensor, generate, given, type Interpreter } from './f64-tensor.js';

function swapLast(x: F64Tensor): F64Tensor {
  const dims = [...x.dims.slice(0, -2), x.dims.at(-1)!, x.dims.at(-2)!];
  return generate(dims, (index) => at(x, [...index.slice(0, -2), index.at(-1)!, index.at(-2)!]));
}

function matMul(a: F64Tensor, b: F64Tensor): F64Tensor {
  const left = a.dims.length === 1 ? { ...a, dims: [1, ...a.dims] } : a;
  const right = b.dims.length === 1 ? { ...b, dims: [...b.dims, 1] } : b;
  const batch = broadcastDims([left.dims.slice(0, -2), right.dims.slice(0, -2)]);
  const inner = left.dims.at(-1)!;
  const product = generate([...batch, left.dims.at(-2)!, right.dims.at(-1)!], (index) => {
    const [row, column] = [index.at(-2)!, index.at(-1)!];
    let sum = 0;
    for (let k = 0; k < inner; k++) {
      sum += batched(left, index, row, k) * batched(right, index, k, column);
    }
    return sum;
  });
  const dims = [
    ...batch,
    ...(a.dims.length === 1 ? [] : [left.dims.at(-2)!]),
    ...(b.dims.length === 1 ? [] : [right.dims.at(-1)!]),
  ];
  return { dims, data: product.data };
}

/** The element of a batch of matrices that broadcasting over the batch gives. */
function batched(x: F64Tensor, index: readonly number[], row: number, column: number): number {
  const lead = index.length - x.dims.length;
  const place = x.dims.slice(0, -2).map((dim, axis) => (dim === 1 ? 0 : index[axis + lead]!));
  return at(x, [...place, row, column]);
}

const gemm: Interpreter = (inputs, node) => {
  const a = intAttribute(node, 'transA', 0) ? swapLast(given(inputs, 0)) : given(inputs, 0);
  const b = intAttribute(node, 'transB', 0) ? swapLast(given(inputs, 1)) : given(inputs, 1);
  const product = matMul(a, b);
  const [alpha, beta] = [floatAttribute(node, 'alpha', 1), floatAttribute(node, 'beta', 1)];
  const c = inputs[2];
  return [
    generate(
      product.dims,
      (index) => alpha * at(product, index) + (c === undefined ? 0 : beta * broadcastAt(c, index)),
    ),
  ];
};

const fusedMatMul: Interpreter = (inputs, node) => {
  const a = intAttribute(node, 'transA', 0) ? swapLast(given(inputs, 0)) : given(inputs, 0);
  const b = intAttribute(node, 'transB', 0) ? swapLast(given(inputs, 1)) : given(inputs, 1);
  const alpha = floatAttribute(node, 'alpha', 1);
  const product = matMul(a, b);
  return [{ dims: product.dims, data: product.data.map((value) => alpha * value) }];
};

const einsum: Interpreter = (inputs, node) => {
  const [left, result = ''] = stringAttribute(node, 'equation', '').replaceAll(' ', '').split('->') as [
    string,
    string?,
  ];
  const operands = left.split(',');
  const sizes = new Map<string, number>();
  operands.forEach((letters, i) => {
    for (const [axis, size] of given(inputs, i).dims.entries()) sizes.set(letters[axis]!, size);
  });
  const summed = [...sizes.keys()].filter((letter) => !result.includes(letter));
  return [
    generate(
      [...result].map((letter) => sizes.get(letter)!),
      (index) => {
        let sum = 0;
        generate(
          summed.map((letter) => sizes.get(letter)!),
          (inner) => {
            const place = (letter: string) =>
              result.includes(letter) ? index[result.indexOf(letter)]! : inner[summed.indexOf(letter)]!;
            sum += operands.reduce((product, letters, i) => product * at(given(inputs, i), [...letters].map(place)), 1);
            return 0;
          },
        );
        return sum;
      },
    ),
  ];
};

export const linear: Readonly<Record<string, Interpreter>> = {
  Einsum: einsum,
  FusedMatMul: fusedMatMul,
  Gemm: gemm,
  MatMul: (inputs) => [matMul(given(inputs, 0), given(inputs, 1))],
};
