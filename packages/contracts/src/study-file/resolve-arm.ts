import type { z } from 'zod';
import { completeBalance } from './defaults.js';
import { image } from './image-schema.js';
import { overridden } from './overrides.js';
import { balance, model, training } from './schema.js';
import type {
  ArmSection,
  BalanceSection,
  ColourSpec,
  ImageSection,
  LabelsSection,
  ModelSection,
  StudyFile,
  TrainingSection,
} from './study-file.js';

/** Everything that decides what an arm's networks see and how they learn. */
export interface ResolvedArm {
  readonly colour: ColourSpec;
  readonly image: ImageSection;
  readonly balance: BalanceSection;
  readonly labels?: LabelsSection;
  readonly model: ModelSection;
  readonly training: TrainingSection;
}

/** The sections that an arm may override. */
export type StudySections = Pick<StudyFile, 'image' | 'balance' | 'labels' | 'model' | 'training'>;

/** The sections that arms override key by key, and the keys that begin one anew. */
export const overridable = {
  image: { schema: image, begun: [] },
  balance: { schema: balance, begun: ['method'] },
  model: { schema: model, begun: ['preset', 'onnx', 'layers'] },
  training: { schema: training, begun: [] },
} as const satisfies Record<string, { readonly schema: z.ZodObject; readonly begun: readonly string[] }>;

export type OverridableSection = keyof typeof overridable;

/**
 * An arm's whole sections: the study's, with what the arm names in their place. The one place where that is decided.
 *
 * A mapping is joined key by key; `null` takes away what the study has. An arm that names a network begins its `model`
 * anew, one that names a method its `balance`: keys of another network or method would have no meaning.
 */
export function resolveArm(study: StudySections, arm: ArmSection): ResolvedArm {
  const labels = arm.labels === undefined ? study.labels : (arm.labels ?? undefined);
  return {
    colour: arm.colour,
    image: completeImage(resolved('image', study.image, arm.image)),
    balance: completeBalance(resolved('balance', study.balance, arm.balance)),
    ...(labels === undefined ? {} : { labels }),
    model: resolved('model', study.model, arm.model),
    training: resolved('training', study.training, arm.training),
  };
}

/** The study as an arm sees it: for what reads a whole study and speaks of one arm. */
export function studyOfArm(study: StudyFile, arm: ArmSection): StudyFile {
  const { colour: _, ...sections } = resolveArm(study, arm);
  return { ...study, ...sections };
}

function resolved<K extends OverridableSection>(key: K, section: StudyFile[K], overrides: ArmSection[K]): StudyFile[K] {
  // What the file gives is left as it is, bit for bit: hashes are made of it.
  if (overrides === undefined) return section;
  const { schema, begun } = overridable[key];
  return schema.parse(overridden(schema, section, overrides, begun)) as StudyFile[K];
}

/** An image section without the keys that change nothing. */
export function completeImage(section: ImageSection): ImageSection {
  const { invert, bits, fit, blur, crop, ...rest } = section;
  const cuts = crop !== undefined && Object.values(crop).some((share) => share > 0);
  const found = {
    ...rest,
    ...(cuts ? { crop } : {}),
    ...(invert === true ? { invert } : {}),
    ...(bits === undefined || bits === 8 ? {} : { bits }),
    ...(fit === 'letterbox' ? { fit } : {}),
    ...(blur === undefined || blur === 0 ? {} : { blur }),
  };
  return Object.keys(found).length === Object.keys(section).length ? section : found;
}
