import { ChromarayError } from '@chromaray/base';
import type { Tensor } from '../../graph/types.js';
import { headNames } from '../../layers/head.js';
import type { TrainableModel } from '../../training/types.js';
import { inlineAliases } from '../../transfer/aliases.js';
import type { WeightsFile } from '../../transfer/weights-file.js';

/**
 * A network with the weights of a file in the names of a PyTorch state dictionary: safetensors, or ONNX whose exporter
 * kept them. The head and learned colours stay random; the file's classifier and counts of batches are not looked at.
 *
 * @param options - `classifier`: what the names of the file's classifier begin with
 * @throws ChromarayError `CHROMARAY_TRANSFER_WEIGHTS` for a file of another network, with every tensor that is missing,
 *   unexpected, of another shape, or not float32
 */
export function fillByName(
  trainable: TrainableModel,
  { preset, classifier }: { readonly preset: string; readonly classifier: string },
  weights: WeightsFile,
): TrainableModel {
  const { model } = trainable;
  const own = networkTensors(trainable);
  const given = fileTensors(weights, classifier);
  const missing = [...own.keys()].filter((name) => !given.has(name));
  const unexpected = [...given.keys()].filter((name) => !own.has(name));
  const misfits = [...own].flatMap(([name, { dims }]) => {
    const found = given.get(name);
    if (found === undefined) return [];
    if (found.dims.join() !== dims.join()) return [`${name} is ${sizes(found.dims)}, not ${sizes(dims)}`];
    return found.dtype === 'float32' ? [] : [`${name} is ${found.dtype}, not float32`];
  });
  if (missing.length + unexpected.length + misfits.length > 0) {
    throw otherNetwork(preset, weights.file, { missing, unexpected, misfits });
  }
  const initializers = new Map<string, Tensor>(model.graph.initializers);
  for (const [name, tensor] of own) initializers.set(name, { ...tensor, data: given.get(name)!.data });
  return { ...trainable, model: { ...model, graph: { ...model.graph, initializers } } };
}

/** What the file has to hold: trained tensors and running statistics, without head and learned colours. */
function networkTensors({ model, trainable }: TrainableModel): ReadonlyMap<string, Tensor> {
  const trained = new Set(trainable);
  return new Map(
    [...model.graph.initializers].filter(
      ([name]) =>
        (trained.has(name) || /\.running_(mean|var)$/.test(name)) &&
        !headNames.test(name) &&
        !name.startsWith('colour/'),
    ),
  );
}

/** Tensors by today's names; torchvision's first DenseNets, and TorchXRayVision's, write `norm.1` for `norm1`. */
function fileTensors({ model: { graph } }: WeightsFile, classifier: string): ReadonlyMap<string, Tensor> {
  const isFile = graph.nodes.length === 0;
  const { initializers } = isFile ? graph : inlineAliases(graph);
  const relevant = [...initializers].filter(
    ([name, { dims }]) =>
      !name.startsWith(classifier) &&
      !name.endsWith('.num_batches_tracked') &&
      // Where TorchXRayVision's networks decide on each finding, after the classifier.
      name !== 'op_threshs' &&
      // Constants of an exported graph that are no weights have no dotted name.
      (isFile || (dims.length > 0 && /^[A-Za-z_]\w*(\.\w+)+$|^(cls_token|pos_embed)$/.test(name))),
  );
  return new Map(
    relevant.map(([name, tensor]) => [name.replace(/(denselayer\d+\.(?:norm|conv))\.([12])\./, '$1$2.'), tensor]),
  );
}

interface Differences {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly misfits: readonly string[];
}

function otherNetwork(preset: string, file: string, differences: Differences): ChromarayError {
  const { missing, unexpected, misfits } = differences;
  const parts = [
    listed(missing, 'is missing', 'are missing'),
    listed(unexpected, 'is not part of it', 'are not part of it'),
    listed(misfits, 'does not fit', 'do not fit'),
  ].filter((part) => part !== '');
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_WEIGHTS',
    message: `${file} does not hold the network ${preset}: ${parts.join('; ')}.`,
    remedy: `Give weights of ${preset} in float32 under the names of its PyTorch state dictionary (safetensors, or ONNX exported with training=TrainingMode.PRESERVE and do_constant_folding=False); an ONNX file of another network can be used as it is: model: { onnx: <file> }.`,
    details: { preset, file, ...differences },
  });
}

const shown = 5;

function listed(names: readonly string[], one: string, many: string): string {
  if (names.length === 0) return '';
  const more = names.length > shown ? `, and ${names.length - shown} more` : '';
  const noun = names.length === 1 ? 'tensor' : 'tensors';
  return `${names.length} ${noun} ${names.length === 1 ? one : many} (${names.slice(0, shown).join(', ')}${more})`;
}

function sizes(dims: readonly number[]): string {
  return dims.length === 0 ? 'a single number' : dims.join('x');
}
