import { stringAttribute } from '../../graph/attributes.js';
import { graphError } from '../../graph/errors.js';
import type { GraphNode } from '../../graph/types.js';
import type { AxisMap } from './axis-map.js';

interface AxisSizes {
  readonly input: number;
  readonly output: number;
  readonly scale: number;
}

export function axisSizes(input: number, output: number, scale: number | undefined): AxisSizes {
  return { input, output, scale: scale ?? output / input };
}

/** The linear map a Resize node applies along one axis; formulas of the ONNX specification, operator set 19. */
export function resizingMap(node: GraphNode, sizes: AxisSizes): AxisMap {
  const transformation = stringAttribute(node, 'coordinate_transformation_mode', 'half_pixel');
  const linear = stringAttribute(node, 'mode', 'nearest') === 'linear';
  const nearestMode = stringAttribute(node, 'nearest_mode', 'round_prefer_floor');
  const { input, output } = sizes;
  const matrix = new Float64Array(output * input);
  const clamp = (cell: number) => Math.min(input - 1, Math.max(0, cell));
  for (let i = 0; i < output; i++) {
    const position = sourcePosition(node, transformation, i, sizes);
    if (linear) {
      const below = Math.floor(position);
      const share = position - below;
      matrix[i * input + clamp(below)]! += 1 - share;
      matrix[i * input + clamp(below + 1)]! += share;
    } else matrix[i * input + clamp(roundPosition(node, nearestMode, position))] = 1;
  }
  return { input, output, matrix };
}

/** Where output cell `i` lies between the cells of the input. */
function sourcePosition(node: GraphNode, transformation: string, i: number, sizes: AxisSizes): number {
  const { input, output, scale } = sizes;
  switch (transformation) {
    case 'half_pixel':
      return (i + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return output > 1 ? (i + 0.5) / scale - 0.5 : 0;
    case 'half_pixel_symmetric': {
      const offset = (input / 2) * (1 - output / (scale * input));
      return offset + (i + 0.5) / scale - 0.5;
    }
    case 'align_corners':
      return output > 1 ? (i * (input - 1)) / (output - 1) : 0;
    case 'asymmetric':
      return i / scale;
    default:
      throw graphError(node, `has the coordinate_transformation_mode "${transformation}", which is not supported`);
  }
}

function roundPosition(node: GraphNode, mode: string, position: number): number {
  switch (mode) {
    case 'round_prefer_floor':
      return Math.ceil(position - 0.5);
    case 'round_prefer_ceil':
      return Math.floor(position + 0.5);
    case 'floor':
      return Math.floor(position);
    case 'ceil':
      return Math.ceil(position);
    default:
      throw graphError(node, `has the nearest_mode "${mode}", which is not supported`);
  }
}
