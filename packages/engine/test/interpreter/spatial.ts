import { floatAttribute, intAttribute, intsAttribute, stringAttribute } from '../../src/graph/attributes.js';
import { at, type F64Tensor, flatIndex, generate, given, type Interpreter, sizeOf } from './f64-tensor.js';
import { resampling } from './spatial-resampling.js';
import { axesOf, eachCell } from './spatial-windows.js';

const conv: Interpreter = (inputs, node) => {
  const [x, w, b] = [given(inputs, 0), given(inputs, 1), inputs[2]];
  const group = intAttribute(node, 'group', 1);
  const axes = axesOf(node, x.dims.slice(2), w.dims.slice(2));
  const [outputs, perGroup] = [w.dims[0]!, w.dims[1]!];
  const dims = [x.dims[0]!, outputs, ...axes.map((axis) => axis.out)];
  return [
    generate(dims, ([n, m, ...place]) => {
      let sum = b === undefined ? 0 : b.data[m!]!;
      const first = Math.floor(m! / (outputs / group)) * perGroup;
      eachCell(axes, place, (source, cell, inside) => {
        if (!inside) return;
        for (let c = 0; c < perGroup; c++) sum += at(x, [n!, first + c, ...source]) * at(w, [m!, c, ...cell]);
      });
      return sum;
    }),
  ];
};

const convTranspose: Interpreter = (inputs, node) => {
  const [x, w, b] = [given(inputs, 0), given(inputs, 1), inputs[2]];
  const group = intAttribute(node, 'group', 1);
  const sizes = x.dims.slice(2);
  const kernel = w.dims.slice(2);
  const of = (name: string, i: number, otherwise: number) => intsAttribute(node, name)?.[i] ?? otherwise;
  const step = (i: number) => [of('strides', i, 1), of('dilations', i, 1)] as const;
  const auto = stringAttribute(node, 'auto_pad', 'NOTSET');
  const wanted = intsAttribute(node, 'output_shape');
  // The formulas of the ONNX specification, but ONNX Runtime does not fill up to size * stride where SAME cannot reach it.
  const [begin, out] = [0, 1].map((which) =>
    sizes.map((size, i) => {
      const [stride, dilation] = step(i);
      const full = (size - 1) * stride + (kernel[i]! - 1) * dilation + 1 + of('output_padding', i, 0);
      const target =
        wanted?.at(i - sizes.length) ?? (auto.startsWith('SAME') ? Math.min(size * stride, full) : undefined);
      if (target === undefined) {
        const pads = auto === 'VALID' ? [0, 0] : [of('pads', i, 0), of('pads', i + sizes.length, 0)];
        return which === 0 ? pads[0]! : full - pads[0]! - pads[1]!;
      }
      const total = Math.max(0, full - target);
      const first = auto === 'SAME_UPPER' ? Math.floor(total / 2) : total - Math.floor(total / 2);
      return which === 0 ? first : target;
    }),
  ) as [number[], number[]];
  const perGroup = w.dims[1]!;
  const result: F64Tensor = generate([x.dims[0]!, perGroup * group, ...out], ([, m]) => b?.data[m!] ?? 0);
  generate(x.dims, ([n, c, ...place]) => {
    const g = Math.floor(c! / (x.dims[1]! / group));
    generate([perGroup, ...kernel], ([m, ...cell]) => {
      const target = place.map((p, i) => p * step(i)[0] + cell[i]! * step(i)[1] - begin[i]!);
      if (target.some((t, i) => t < 0 || t >= out[i]!)) return 0;
      const index = flatIndex(result.dims, [n!, g * perGroup + m!, ...target]);
      result.data[index]! += at(x, [n!, c!, ...place]) * at(w, [c!, m!, ...cell]);
      return 0;
    });
    return 0;
  });
  return [result];
};

const maxPool: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axes = axesOf(node, x.dims.slice(2));
  const dims = [x.dims[0]!, x.dims[1]!, ...axes.map((axis) => axis.out)];
  return [
    generate(dims, ([n, c, ...place]) => {
      let best = Number.NEGATIVE_INFINITY;
      eachCell(axes, place, (source, _, inside) => {
        if (inside) best = Math.max(best, at(x, [n!, c!, ...source]));
      });
      return best;
    }),
  ];
};

const averagePool: Interpreter = (inputs, node) => {
  const x = given(inputs, 0);
  const axes = axesOf(node, x.dims.slice(2));
  const countPadding = intAttribute(node, 'count_include_pad', 0) === 1;
  const dims = [x.dims[0]!, x.dims[1]!, ...axes.map((axis) => axis.out)];
  return [
    generate(dims, ([n, c, ...place]) => {
      let [sum, count] = [0, 0];
      eachCell(axes, place, (source, _, inside) => {
        if (inside) sum += at(x, [n!, c!, ...source]);
        const padded = source.every((p, i) => p >= -axes[i]!.begin && p < axes[i]!.size + axes[i]!.end);
        if (inside || (countPadding && padded)) count++;
      });
      return sum / count;
    }),
  ];
};

/** Every value of a channel, as a list: of one image, or of all. */
function channelValues(x: F64Tensor, channel: number, image?: number): number[] {
  const cells = sizeOf(x.dims.slice(2));
  const values: number[] = [];
  for (let n = image ?? 0; n <= (image ?? x.dims[0]! - 1); n++) {
    const start = (n * x.dims[1]! + channel) * cells;
    values.push(...x.data.subarray(start, start + cells));
  }
  return values;
}

function globalPool(of: (values: readonly number[]) => number): Interpreter {
  return (inputs) => {
    const x = given(inputs, 0);
    const dims = x.dims.map((size, axis) => (axis < 2 ? size : 1));
    return [generate(dims, ([n, c]) => of(channelValues(x, c!, n!)))];
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

const batchNormalization: Interpreter = (inputs, node) => {
  const [x, scale, bias, runningMean, runningVariance] = [0, 1, 2, 3, 4].map((i) => given(inputs, i)) as [
    F64Tensor,
    F64Tensor,
    F64Tensor,
    F64Tensor,
    F64Tensor,
  ];
  const training = intAttribute(node, 'training_mode', 0) === 1;
  const epsilon = floatAttribute(node, 'epsilon', 1e-5);
  const momentum = floatAttribute(node, 'momentum', 0.9);
  const batchMean = generate(scale.dims, ([c]) => mean(channelValues(x, c!)));
  const batchVariance = generate(scale.dims, ([c]) =>
    mean(channelValues(x, c!).map((value) => (value - batchMean.data[c!]!) ** 2)),
  );
  const [m, v] = training ? [batchMean, batchVariance] : [runningMean, runningVariance];
  const y = generate(x.dims, (index) => {
    const c = index[1]!;
    const normal = (at(x, index) - m.data[c]!) / Math.sqrt(v.data[c]! + epsilon);
    return normal * scale.data[c]! + bias.data[c]!;
  });
  const moved = (running: F64Tensor, batch: F64Tensor) =>
    generate(running.dims, ([c]) => running.data[c!]! * momentum + batch.data[c!]! * (1 - momentum));
  return training ? [y, moved(runningMean, batchMean), moved(runningVariance, batchVariance)] : [y];
};

/** The reference interpreter of the operators that know space. */
export const spatial: Readonly<Record<string, Interpreter>> = {
  ...resampling,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Conv: conv,
  ConvTranspose: convTranspose,
  GlobalAveragePool: globalPool(mean),
  GlobalMaxPool: globalPool((values) => Math.max(...values)),
  MaxPool: maxPool,
};
