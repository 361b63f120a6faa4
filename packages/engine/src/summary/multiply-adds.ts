import { intAttribute } from '../graph/attributes.js';
import { elementCount } from '../graph/tensor.js';
import type { GraphNode, ValueType } from '../graph/types.js';

/**
 * Multiplications with an addition that a node needs: of convolutions and matrix products, 0 of everything else, as
 * torchvision and fvcore count ("GFLOPS" of their tables).
 *
 * @param types - of a graph whose sizes are all known
 */
export function multiplyAdds(node: GraphNode, types: ReadonlyMap<string, ValueType>): number {
  const sizes = (name: string | undefined): readonly number[] =>
    (types.get(name ?? '')?.shape ?? []) as readonly number[];
  const outputs = elementCount(sizes(node.outputs[0]));
  const [a, b] = [sizes(node.inputs[0]), sizes(node.inputs[1])];
  switch (node.opType) {
    case 'Conv':
      return outputs * elementCount(b.slice(1));
    case 'ConvTranspose':
      return elementCount(a) * elementCount(b.slice(1));
    case 'MatMul':
      return outputs * a.at(-1)!;
    case 'Gemm':
      return outputs * a[intAttribute(node, 'transA', 0) === 1 ? 0 : 1]!;
    default:
      return 0;
  }
}
