import { floatAttribute, intAttribute } from '../../src/graph/attributes.js';
import { at, broadcastAt, type F64Tensor, generate, given, type Interpreter } from './f64-tensor.js';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Every value with the ones that it is normalised with, which `key` distinguishes; scaled and shifted by `scaled`. */
function normalised(
  x: F64Tensor,
  epsilon: number,
  key: (index: readonly number[]) => string,
  scaled: (value: number, index: readonly number[]) => number,
): F64Tensor {
  const groups = new Map<string, number[]>();
  generate(x.dims, (index) => {
    const list = groups.get(key(index)) ?? [];
    groups.set(key(index), list);
    list.push(at(x, index));
    return 0;
  });
  const moments = new Map(
    [...groups].map(([name, values]) => {
      const middle = mean(values);
      return [name, [middle, mean(values.map((value) => (value - middle) ** 2))] as const];
    }),
  );
  return generate(x.dims, (index) => {
    const [middle, variance] = moments.get(key(index))!;
    return scaled((at(x, index) - middle) / Math.sqrt(variance + epsilon), index);
  });
}

const layerNormalization: Interpreter = (inputs, node) => {
  const [x, scale, shift] = [given(inputs, 0), given(inputs, 1), inputs[2]];
  const given_ = intAttribute(node, 'axis', -1);
  const axis = given_ < 0 ? given_ + x.dims.length : given_;
  return [
    normalised(
      x,
      floatAttribute(node, 'epsilon', 1e-5),
      (index) => index.slice(0, axis).join(),
      (value, index) => value * broadcastAt(scale, index) + (shift === undefined ? 0 : broadcastAt(shift, index)),
    ),
  ];
};

const instanceNormalization: Interpreter = (inputs, node) => {
  const [x, scale, shift] = [given(inputs, 0), given(inputs, 1), given(inputs, 2)];
  return [
    normalised(
      x,
      floatAttribute(node, 'epsilon', 1e-5),
      (index) => index.slice(0, 2).join(),
      (value, [, c]) => value * scale.data[c!]! + shift.data[c!]!,
    ),
  ];
};

const groupNormalization: Interpreter = (inputs, node) => {
  const [x, scale, shift] = [given(inputs, 0), given(inputs, 1), given(inputs, 2)];
  const groups = intAttribute(node, 'num_groups', 1);
  const group = (channel: number) => Math.floor(channel / (x.dims[1]! / groups));
  const entry = (channel: number) => (scale.dims[0] === groups ? group(channel) : channel);
  return [
    normalised(
      x,
      floatAttribute(node, 'epsilon', 1e-5),
      ([n, c]) => `${n},${group(c!)}`,
      (value, [, c]) => value * scale.data[entry(c!)]! + shift.data[entry(c!)]!,
    ),
  ];
};

const lrn: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const size = intAttribute(node, 'size', 1);
  const of = (name: string, otherwise: number) => floatAttribute(node, name, otherwise);
  return [
    generate(x.dims, (index) => {
      const channel = index[1]!;
      const from = Math.max(0, channel - Math.floor((size - 1) / 2));
      const to = Math.min(x.dims[1]! - 1, channel + Math.ceil((size - 1) / 2));
      let sum = 0;
      for (let c = from; c <= to; c++) sum += at(x, index.with(1, c)) ** 2;
      return at(x, index) / (of('bias', 1) + (of('alpha', 1e-4) / size) * sum) ** of('beta', 0.75);
    }),
  ];
};

export const normalisation: Readonly<Record<string, Interpreter>> = {
  GroupNormalization: groupNormalization,
  InstanceNormalization: instanceNormalization,
  LRN: lrn,
  LayerNormalization: layerNormalization,
};
