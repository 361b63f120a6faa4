import path from 'node:path';
import type { ModelSection } from '@chromaray/contracts';

/** What a network is called in tables and files: its preset, the file it came from (not the path), or that it is the study's own. */
export function modelName({ preset, onnx, layers }: ModelSection): string {
  if (layers !== undefined) return 'layers of the study';
  return preset ?? path.basename(onnx ?? '');
}

/** The file that a network's weights come from, or the name of installed ones; undefined for one that begins at random weights. */
export function weightsPath({ onnx, weights }: ModelSection): string | undefined {
  return onnx ?? weights;
}
