import path from 'node:path';
import type { ModelSection } from '@chromaray/contracts';

/** What a network is called in tables and files: its preset, or the file it came from. Not the path to it. */
export function modelName({ preset, onnx }: ModelSection): string {
  return preset ?? path.basename(onnx ?? '');
}

/** The file that a network's weights come from; undefined for one that begins at random weights. */
export function weightsPath({ onnx, weights }: ModelSection): string | undefined {
  return onnx ?? weights;
}
