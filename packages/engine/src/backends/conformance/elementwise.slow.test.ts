import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';

type Operator = (network: NetworkBuilder, input: string) => string;

const unary = (opType: string, attributes = {}): readonly [string, Operator] => [
  `${opType} ${JSON.stringify(attributes)}`,
  (n, x) => n.graph.node(opType, [x], attributes),
];

/** Above zero everywhere, as roots and logarithms need it. */
const positive = (n: NetworkBuilder, x: string): string =>
  n.graph.node('Add', [n.graph.node('Mul', [x, x]), n.graph.floats(0.3)]);

const operators: readonly (readonly [string, Operator])[] = [
  ...['Relu', 'Sigmoid', 'Tanh', 'Softplus', 'Erf', 'Exp', 'Neg', 'Abs', 'Identity'].map((opType) => unary(opType)),
  unary('LeakyRelu', { alpha: { float: 0.1 } }),
  ...['Sqrt', 'Log', 'Reciprocal'].map(
    (opType) => [opType, (n, x) => n.graph.node(opType, [positive(n, x)])] as readonly [string, Operator],
  ),
  ['Clip to 0..0.2', (n, x) => n.graph.node('Clip', [x, n.graph.floats(0), n.graph.floats(0.2)])],
  ['Clip to 0.05..0.2', (n, x) => n.graph.node('Clip', [x, n.graph.floats(0.05), n.graph.floats(0.2)])],
  ['Clip without a lower end', (n, x) => n.graph.node('Clip', [x, '', n.graph.floats(0.1)])],
  ['Softmax over channels', (n, x) => n.graph.node('Softmax', [x], { axis: 1 })],
  ['LogSoftmax over the last axis', (n, x) => n.graph.node('LogSoftmax', [x], { axis: -1 })],
  ['Pow with 2', (n, x) => n.graph.node('Pow', [x, n.graph.floats(2)])],
  ['Add of two values', (n, x) => n.add(x, n.relu(x))],
  ['Sub of two values', (n, x) => n.graph.node('Sub', [n.relu(x), n.graph.node('Tanh', [x])])],
  ['Mul of two values', (n, x) => n.graph.node('Mul', [x, n.graph.node('Sigmoid', [x])])],
  ['Div of two values', (n, x) => n.graph.node('Div', [x, positive(n, x)])],
  ['Max of two values', (n, x) => n.graph.node('Max', [x, n.graph.node('Neg', [x])])],
  [
    'Where',
    (n, x) => {
      const [rectified, limit] = [n.relu(x), n.graph.floats(0.05)];
      return n.graph.node('Where', [n.graph.node('Greater', [x, limit]), x, rectified]);
    },
  ],
  ['Add of one number a channel', (n, x) => n.graph.node('Add', [x, n.weight('shift', [1, 4, 1, 1], {})])],
  ['Mul by one number a channel', (n, x) => n.graph.node('Mul', [x, n.weight('scale', [1, 4, 1, 1], {})])],
  ['Mul by a trained scalar', (n, x) => n.graph.node('Mul', [x, n.weight('scale', [1, 1, 1, 1], {})])],
  ['Dropout', (n, x) => n.dropout(n.relu(x), 0.4)],
];

const essential = ['Clip to 0..0.2', 'Dropout'];

const cases: readonly Case[] = operators.map(([name, operator]) => ({
  name,
  essential: essential.includes(name),
  model: around(operator, { height: 6, width: 5 }),
}));

conformance('elementwise operators', cases);
