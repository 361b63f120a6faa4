import { canonicalJson } from '@chromaray/base';
import { inputTransform } from '@chromaray/colour';
import {
  type ModelSection,
  type OnStudyEvent,
  type ResolvedArm,
  resolveArm,
  type StudyFile,
  studyClasses,
} from '@chromaray/contracts';
import {
  checkMemory,
  checkPicturesApart,
  createBackend,
  estimateTrainingMemory,
  type UntrainedConstant,
  type WeightsFile,
  type WidenedNumbers,
} from '@chromaray/engine';
import { buildModel, weightsPath } from '@chromaray/trials';
import { ofArm } from './of-arm.js';
import { readWeights } from './read-weights.js';

/** What must be known of a network from elsewhere. */
export interface ImportedNetwork {
  /** Constants that are used as weights are and stay as they are. */
  readonly untrained: readonly UntrainedConstant[];
  /** Numbers of its file that are stored in half precision. */
  readonly widened: WidenedNumbers | undefined;
  /** The tensor that its head was put on, where its model section names none. */
  readonly foundFeatures: string | undefined;
}

/** What is known of a study's networks before anything is trained. */
export interface StudyModels {
  /** The files that weights come from, each once; none where all networks begin at random. */
  readonly weights: readonly WeightsFile[];
  /** The file of a model section; undefined for a network that begins at random. */
  readonly weightsOf: (model: ModelSection) => WeightsFile | undefined;
  /** What of imported networks is not as in their files, or not trained, by file. */
  readonly imported: ReadonlyMap<string, ImportedNetwork>;
  /** What a process that trains the largest of them holds at most, estimated. */
  readonly memoryBytes: number;
}

/**
 * Builds the network of every arm once, so that a network that cannot be built, cannot be trained or does not fit
 * into memory is refused before pictures are read. Arms of one network share the check.
 *
 * @throws ChromarayError what `buildModel`, `checkMemory` and `checkPicturesApart` throw
 */
export async function checkModels(study: StudyFile, machineBytes?: number): Promise<StudyModels> {
  const files = new Map<string, WeightsFile>();
  const weightsOf = (model: ModelSection): WeightsFile | undefined => {
    const file = weightsPath(model);
    if (file === undefined) return undefined;
    const known = files.get(file) ?? readWeights(model)!;
    files.set(file, known);
    return known;
  };
  // A registration names the study's own network also where every arm has another.
  weightsOf(study.model);
  const classes = studyClasses(study.dataset);
  const apart = new Set<string>();
  const imported = new Map<string, ImportedNetwork>();
  const sizes = new Map<string, number>();
  const networkOf = ({ model, image }: ResolvedArm) => canonicalJson([model, image.size]);
  const areSeveral = new Set(study.arms.map((arm) => networkOf(resolveArm(study, arm)))).size > 1;
  for (const arm of study.arms) {
    const resolved = resolveArm(study, arm);
    const { model, image, training, colour } = resolved;
    const key = canonicalJson([model, image.size, colour, training.batch]);
    if (sizes.has(key)) continue;
    const isKnown = apart.has(networkOf(resolved));
    // Colours change the input alone, which takes each picture by itself.
    apart.add(networkOf(resolved));
    const { network, weights } = await checkedNetwork(resolved, weightsOf, classes?.length, isKnown).catch((error) => {
      throw areSeveral ? ofArm(error, arm.name) : error;
    });
    sizes.set(key, memoryOf(network.model, resolved, arm.name, machineBytes));
    if (weights !== undefined) {
      imported.set(weights.file, {
        untrained: network.untrained,
        widened: network.widened,
        foundFeatures: network.foundFeatures,
      });
    }
  }
  return { weights: [...files.values()], weightsOf, imported, memoryBytes: Math.max(...sizes.values()) };
}

/** An arm's network, which must take each picture by itself; that is not looked at again where it is known. */
async function checkedNetwork(
  { model, image, colour }: ResolvedArm,
  weightsOf: (model: ModelSection) => WeightsFile | undefined,
  classes: number | undefined,
  isKnown: boolean,
) {
  const weights = weightsOf(model);
  const transform = inputTransform(colour);
  const network = buildModel(model, { imageSize: image.size, transform, classes, seed: 0, weights });
  if (!isKnown) {
    await checkPicturesApart(network.model.model, network.model.logits, weights?.file ?? networkLabel(model));
  }
  return { network, weights };
}

function networkLabel({ preset }: ModelSection): string {
  return preset === undefined ? 'The network of the layers of the study file' : `The preset ${preset}`;
}

function memoryOf(
  model: ReturnType<typeof buildModel>['model'],
  { training }: ResolvedArm,
  arm: string,
  machineBytes: number | undefined,
): number {
  const backend = createBackend(training.backend, training.provider).name;
  // What an accelerator holds does not lie in the machine's memory; what it has, its provider says itself.
  if (training.provider !== 'cpu') return estimateTrainingMemory(model, training.batch, backend);
  return checkMemory({
    ...{ model, batch: training.batch, backend, label: `A trial of the arm ${arm}` },
    ...(machineBytes === undefined ? {} : { machineBytes }),
  });
}

/**
 * Says on which tensors heads were put that no one named, which constants of the networks' files stay as they are though
 * used as weights, and which numbers change their type.
 */
export function announceImport({ imported }: StudyModels, onEvent: OnStudyEvent): void {
  for (const [file, { untrained, widened, foundFeatures }] of imported) {
    if (foundFeatures !== undefined) onEvent({ kind: 'features-found', file, tensor: foundFeatures });
    if (untrained.length > 0) onEvent({ kind: 'constants-untrained', file, constants: untrained });
    if (widened !== undefined) onEvent({ kind: 'weights-widened', file, types: widened.types, numbers: widened.count });
  }
}
