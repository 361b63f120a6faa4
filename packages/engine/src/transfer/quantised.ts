import type { Graph, Tensor } from '../graph/types.js';
import { transferError } from './errors.js';

const quantisedOperators = new Set([
  'ConvInteger',
  'DequantizeLinear',
  'DynamicQuantizeLinear',
  'MatMulInteger',
  'QGemm',
  'QLinearAdd',
  'QLinearConv',
  'QLinearGlobalAveragePool',
  'QLinearMatMul',
  'QuantizeLinear',
]);

/** Operators whose second input is weights. */
const withWeights = new Set(['Conv', 'ConvTranspose', 'Gemm', 'MatMul']);

/**
 * Refuses weights that are integers: their slope is zero almost everywhere, so they cannot be trained.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_QUANTISED` with the first node concerned,
 *   `CHROMARAY_TRANSFER_TYPE` for weights in float64
 */
export function refuseQuantised(graph: Graph, file: string): void {
  for (const { opType, name, inputs } of graph.nodes) {
    const weights = inputs.map((input) => graph.initializers.get(input));
    const second = weights[1];
    const isInteger = withWeights.has(opType) && second !== undefined && /^u?int/.test(second.dtype);
    if (quantisedOperators.has(opType) || isInteger) throw quantised(opType, name, weights, file);
    const other = withWeights.has(opType) && second !== undefined && second.dtype !== 'float32' ? second : undefined;
    if (other !== undefined) {
      throw transferError(
        'TYPE',
        file,
        `the weights of ${opType} node "${name}" are ${other.dtype}; training needs float32`,
        'Export the model in float32, or convert its weights.',
        { node: name, dtype: other.dtype },
      );
    }
  }
}

function quantised(opType: string, node: string, weights: readonly (Tensor | undefined)[], file: string) {
  const integer = weights.find((tensor) => tensor !== undefined && /^u?int(8|4|16)$/.test(tensor.dtype));
  const what = integer === undefined ? '' : ` with ${integer.dtype} weights`;
  return transferError(
    'QUANTISED',
    file,
    `it is quantised (${opType} node "${node}"${what}); quantised weights cannot be trained`,
    'Give the float32 model that it was made from.',
    { operator: opType, node },
  );
}
