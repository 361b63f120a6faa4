import { floatAttribute, intAttribute, stringAttribute } from '../../src/graph/attributes.js';
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

const attribute = (f: (x: number, get: (name: string, otherwise: number) => number) => number): Interpreter => {
  return (inputs, node, opset) =>
    unary((x) => f(x, (name, otherwise) => floatAttribute(node, name, otherwise)))(inputs, node, opset);
};

const gelu: Interpreter = (inputs, node, opset) => {
  const approximate = stringAttribute(node, 'approximate', 'none') === 'tanh';
  const f = (x: number) =>
    approximate
      ? 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
      : 0.5 * x * (1 + erf(x / Math.SQRT2));
  return unary(f)(inputs, node, opset);
};

const mod: Interpreter = (inputs, node, opset) =>
  combine((a, b) => (intAttribute(node, 'fmod', 0) === 1 ? a! % b! : ((a! % b!) + b!) % b!))(inputs, node, opset);

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const hardSigmoid = (x: number, alpha: number, beta: number) => Math.min(1, Math.max(0, alpha * x + beta));

export const elementwise: Readonly<Record<string, Interpreter>> = {
  Abs: unary(Math.abs),
  Add: combine((a, b) => a! + b!),
  And: truth((a, b) => a !== 0 && b !== 0),
  Cast: cast,
  CastLike: (inputs) => [given(inputs, 0)],
  Ceil: unary(Math.ceil),
  Celu: attribute((x, of) => Math.max(0, x) + Math.min(0, of('alpha', 1) * (Math.exp(x / of('alpha', 1)) - 1))),
  Clip: clip,
  Cos: unary(Math.cos),
  Div: combine((a, b) => a! / b!),
  Dropout: dropout,
  Elu: attribute((x, of) => (x > 0 ? x : of('alpha', 1) * (Math.exp(x) - 1))),
  Equal: truth((a, b) => a === b),
  Erf: unary(erf),
  Exp: unary(Math.exp),
  Floor: unary(Math.floor),
  Gelu: gelu,
  Greater: truth((a, b) => a > b),
  GreaterOrEqual: truth((a, b) => a >= b),
  HardSigmoid: attribute((x, of) => hardSigmoid(x, of('alpha', 0.2), of('beta', 0.5))),
  HardSwish: unary((x) => x * hardSigmoid(x, 1 / 6, 0.5)),
  Identity: unary((x) => x),
  IsNaN: unary((x) => Number(Number.isNaN(x))),
  LeakyRelu: leakyRelu,
  Less: truth((a, b) => a < b),
  LessOrEqual: truth((a, b) => a <= b),
  Log: unary(Math.log),
  LogSoftmax: logSoftmax,
  Max: combine(Math.max),
  Mean: combine((...values) => values.reduce((sum, value) => sum + value, 0) / values.length),
  Min: combine(Math.min),
  Mish: unary((x) => x * Math.tanh(softplus(x))),
  Mod: mod,
  Mul: combine((a, b) => a! * b!),
  Neg: unary((x) => -x),
  Not: unary((x) => Number(x === 0)),
  Or: truth((a, b) => a !== 0 || b !== 0),
  PRelu: combine((x, slope) => (x! > 0 ? x! : x! * slope!)),
  Pow: combine((a, b) => a! ** b!),
  Reciprocal: unary((x) => 1 / x),
  Relu: unary((x) => Math.max(x, 0)),
  Round: unary(roundToEven),
  Selu: attribute((x, of) => {
    const [alpha, gamma] = [of('alpha', 1.6732632423543772), of('gamma', 1.0507009873554805)];
    return gamma * (x > 0 ? x : alpha * (Math.exp(x) - 1));
  }),
  Sigmoid: unary(sigmoid),
  Sign: unary(Math.sign),
  Sin: unary(Math.sin),
  Softmax: softmax,
  Softplus: unary(softplus),
  Softsign: unary((x) => x / (1 + Math.abs(x))),
  Sqrt: unary(Math.sqrt),
  Sub: combine((a, b) => a! - b!),
  Sum: combine((...values) => values.reduce((sum, value) => sum + value, 0)),
  Tanh: unary(Math.tanh),
  ThresholdedRelu: attribute((x, of) => (x > of('alpha', 1) ? x : 0)),
  Where: combine((condition, a, b) => (condition !== 0 ? a! : b!)),
  Xor: truth((a, b) => (a !== 0) !== (b !== 0)),
};
