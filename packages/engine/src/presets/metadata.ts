import type { Model } from '../graph/types.js';

/** What `predict` must know of a model and what it must tell its user; stored in the ONNX file itself. */
export interface ModelMetadata {
  /** Class names, the positive one last. */
  readonly classes: readonly string[];
  /** The class whose probability the model gives. */
  readonly positive: string;
  /** Probability from which on an image counts as positive. */
  readonly threshold: number;
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  /** Name of the input transform, for reading; the transform itself is in the graph. */
  readonly transform: string;
  readonly preset: string;
  /** The file whose weights training began at; its licence as its own metadata has it. */
  readonly pretrained?: { readonly file: string; readonly sha256: string; readonly licence: string | null };
  readonly notice: string;
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

/** The metadata that `withMetadata` has stored; undefined for a model from elsewhere. */
export function readMetadata(model: Model): ModelMetadata | undefined {
  const json = model.metadata.get(key);
  return json === undefined ? undefined : (JSON.parse(json) as ModelMetadata);
}
