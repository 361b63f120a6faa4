import type { ChromarayError } from '@chromaray/base';
import type { Model } from '../graph/types.js';
import { modelError } from '../onnx/errors.js';
import { metadataProblem } from './metadata-schema.js';

/** What `predict` must know of a model and show its user; stored in the ONNX file itself. */
export interface ModelMetadata {
  /** Class names, the positive one last; of several classes in the order of the probabilities that the model gives. */
  readonly classes: readonly string[];
  /** The class whose probability the model gives; absent of several, of which the most probable is called. */
  readonly positive?: string;
  /** Probability from which on an image counts as positive; absent of several classes. */
  readonly threshold?: number;
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  /** Name of the input transform, for reading; the transform itself is in the graph. */
  readonly transform: string;
  readonly preset: string;
  /**
   * What is done to a picture before it becomes the graph's input, beyond decoding to gray and stretching; absent:
   * nothing. Its keys are those of the program that saved the model.
   */
  readonly operations?: Readonly<Record<string, unknown>>;
  /** The file whose weights training began at; its licence as its own metadata has it. */
  readonly pretrained?: { readonly file: string; readonly sha256: string; readonly licence: string | null };
  /** What its training pictures look like, so that another can be told to be unlike them; absent where there were too few. */
  readonly likeness?: TrainingLikeness;
  readonly notice: string;
}

/** Written and read by whoever knows pictures; here only its form is checked. */
export interface TrainingLikeness {
  readonly pattern: { readonly mean: readonly number[]; readonly spread: readonly number[] };
  readonly fine: { readonly mean: number; readonly spread: number };
  readonly limits: { readonly pattern: number; readonly fine: number };
  readonly described: number;
  readonly calibrated: number;
}

/** The notice that every saved model carries. */
export const researchUseNotice =
  'For research use only. Not a medical device; not for diagnosis or any decision about a patient.';

const key = 'chromaray';

/** The model with this metadata in its ONNX `metadata_props`, as JSON under `chromaray`, and the notice also by itself. */
export function withMetadata(
  model: Model,
  metadata: Omit<ModelMetadata, 'notice'> & Partial<Pick<ModelMetadata, 'notice'>>,
): Model {
  const full: ModelMetadata = { notice: researchUseNotice, ...metadata };
  return {
    ...model,
    metadata: new Map([...model.metadata, [key, JSON.stringify(full)], ['notice', full.notice]]),
  };
}

/**
 * The metadata that `withMetadata` has stored; undefined for a model from elsewhere. The notice is the program's own,
 * whatever the file says.
 *
 * @param label - what errors call the model, its file
 * @throws ChromarayError `CHROMARAY_MODEL_METADATA` when the entry is damaged, or says other sizes than the graph takes
 */
export function readMetadata(model: Model, label = 'the model'): ModelMetadata | undefined {
  const json = model.metadata.get(key);
  if (json === undefined) return undefined;
  const value = parsed(json, label);
  const problem = metadataProblem(value) ?? sizeProblem(value as ModelMetadata, model);
  if (problem !== undefined) throw damaged(label, problem);
  return { ...(value as ModelMetadata), notice: researchUseNotice };
}

function parsed(json: string, label: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damaged(label, 'it is not JSON', cause);
  }
}

function sizeProblem({ height, width }: ModelMetadata, { graph }: Model): string | undefined {
  const input = graph.inputs.find(({ name, shape }) => !graph.initializers.has(name) && shape.length === 4);
  const sizes = input?.shape.slice(2) ?? [];
  const differs = sizes.some((size, axis) => typeof size === 'number' && size !== [height, width][axis]);
  return differs ? `it says pictures of ${height}x${width}, the graph takes ${sizes.join('x')}` : undefined;
}

function damaged(label: string, problem: string, cause?: unknown): ChromarayError {
  return modelError('METADATA', label, `its metadata entry "${key}" is damaged: ${problem}`, cause);
}
