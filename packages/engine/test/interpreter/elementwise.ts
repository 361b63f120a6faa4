import { floatAttribute, intAttribute } from '../../src/graph/attributes.js';
import { broadcastAt, broadcastDims, type F64Tensor, generate, given, type Interpreter } from './f64-tensor.js';

function unary(f: (x: number) => number): Interpreter {
  return (inputs) => {
    const x = given(inputs, 0);
    return [{ dims: x.dims, data: x.data.map(f) }];
  };
}

/** Combines all inputs element by element, with broadcasting. */
function combine(f: (...values: number[]) => number): Interpreter {
  return (inputs) => {
    const tensors = inputs.map((_, i) => given(inputs, i));
    const dims = broadcastDims(tensors.map((tensor) => tensor.dims));
    return [generate(dims, (index) => f(...tensors.map((tensor) => broadcastAt(tensor, index))))];
  };
}

/** Maclaurin series, accurate to a few units in the last place for |x| up to 4; beyond, erf is 1 to 1e-8 or better. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 300; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(x);
}

const cast: Interpreter = (inputs, node) => {
  const to = intAttribute(node, 'to', 1);
  const floats = [1, 10, 11, 16];
  const convert = to === 9 ? (x: number) => Number(x !== 0) : floats.includes(to) ? (x: number) => x : Math.trunc;
  return unary(convert)(inputs, node, 0);
};

const clip: Interpreter = (inputs, node) => {
  const min = inputs[1]?.data[0] ?? floatAttribute(node, 'min', Number.NEGATIVE_INFINITY);
  const max = inputs[2]?.data[0] ?? floatAttribute(node, 'max', Number.POSITIVE_INFINITY);
  return unary((x) => Math.min(Math.max(x, min), max))([inputs[0]], node, 0);
};

const leakyRelu: Interpreter = (inputs, node) => {
  const alpha = floatAttribute(node, 'alpha', 0.01);
  return unary((x) => (x >= 0 ? x : alpha * x))(inputs, node, 0);
};

const softmax: Interpreter = (inputs, node, opset) => {
  const x = given(inputs, 0);
  return [
    overRows(x, node, opset, (row) => {
      const top = Math.max(...row);
      const total = row.reduce((sum, value) => sum + Math.exp(value - top), 0);
      return row.map((value) => Math.exp(value - top) / total);
    }),
  ];
};

const logSoftmax: Interpreter = (inputs, node, opset) => {
  const [y] = softmax(inputs, node, opset);
  return [{ dims: y!.dims, data: y!.data.map(Math.log) }];
};

/** Applies `f` to each row of elements that are normalised together. */
function overRows(
  x: F64Tensor,
  node: Parameters<Interpreter>[1],
  opset: number,
  f: (row: number[]) => number[],
): F64Tensor {
  const given = intAttribute(node, 'axis', opset < 13 ? 1 : -1);
  const axis = given < 0 ? given + x.dims.length : given;
  const inner = opset < 13 ? 1 : x.dims.slice(axis + 1).reduce((a, b) => a * b, 1);
  const length = opset < 13 ? x.dims.slice(axis).reduce((a, b) => a * b, 1) : x.dims[axis]!;
  const data = new Float64Array(x.data.length);
  for (let start = 0; start < data.length; start += length * inner) {
    for (let offset = 0; offset < inner; offset++) {
      const places = Array.from({ length }, (_, i) => start + offset + i * inner);
      f(places.map((place) => x.data[place]!)).forEach((value, i) => {
        data[places[i]!] = value;
      });
    }
  }
  return { dims: x.dims, data };
}

/** Without randomness: in training mode the interpreter keeps everything, so graphs that train cannot be compared. */
const dropout: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  if ((inputs[2]?.data[0] ?? 0) !== 0) throw new RangeError('The interpreter draws no random masks.');
  return node.outputs.length > 1 ? [x, { dims: x.dims, data: x.data.map(() => 1) }] : [x];
};

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const truth = (f: (a: number, b: number) => boolean) => combine((a, b) => Number(f(a!, b!)));

export const elementwise: Readonly<Record<string, Interpreter>> = {
  Abs: unary(Math.abs),
  Add: combine((a, b) => a! + b!),
  And: truth((a, b) => a !== 0 && b !== 0),
  Cast: cast,
  Ceil: unary(Math.ceil),
  Clip: clip,
  Div: combine((a, b) => a! / b!),
  Dropout: dropout,
  Equal: truth((a, b) => a === b),
  Erf: unary(erf),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Greater: truth((a, b) => a > b),
  GreaterOrEqual: truth((a, b) => a >= b),
  Identity: unary((x) => x),
  LeakyRelu: leakyRelu,
  Less: truth((a, b) => a < b),
  LessOrEqual: truth((a, b) => a <= b),
  Log: unary(Math.log),
  LogSoftmax: logSoftmax,
  Max: combine(Math.max),
  Min: combine(Math.min),
  Mul: combine((a, b) => a! * b!),
  Neg: unary((x) => -x),
  Not: unary((x) => Number(x === 0)),
  Or: truth((a, b) => a !== 0 || b !== 0),
  Pow: combine((a, b) => a! ** b!),
  Reciprocal: unary((x) => 1 / x),
  Relu: unary((x) => Math.max(x, 0)),
  Round: unary(roundToEven),
  Sigmoid: unary(sigmoid),
  Sign: unary(Math.sign),
  Softmax: softmax,
  Softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  Sqrt: unary(Math.sqrt),
  Sub: combine((a, b) => a! - b!),
  Sum: combine((...values) => values.reduce((sum, value) => sum + value, 0)),
  Tanh: unary(Math.tanh),
  Where: combine((condition, a, b) => (condition !== 0 ? a! : b!)),
  Xor: truth((a, b) => (a !== 0) !== (b !== 0)),
};
