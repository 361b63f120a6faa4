import { ChromarayError } from '@chromaray/base';
import type { Graph } from '../graph/types.js';

export function noFeatureMap(graph: Graph): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EXPLAIN_NO_MAP',
    message: `The network "${graph.name}" has no convolution with more than one place that its answer depends on, so there is nothing to say where it looked.`,
    remedy:
      'Grad-CAM explains convolutional networks on images larger than their last convolution reduces to one place.',
  });
}

export function noLogit(output: string, shape: readonly unknown[]): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EXPLAIN_OUTPUT',
    message: `The model's answer "${output}" has the shape [${shape.join(', ')}]; one row of numbers an image is expected.`,
    remedy: 'Let the model give [batch, classes] as its first output.',
    details: { output, shape },
  });
}
