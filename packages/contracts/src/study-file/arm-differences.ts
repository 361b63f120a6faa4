import { canonicalJson } from '@chromaray/base/browser';
import { effectiveArm } from './effective-arm.js';
import { layersText } from './layers-text.js';
import { type ResolvedArm, resolveArm, type StudySections } from './resolve-arm.js';
import type { ArmSection, ModelSection } from './study-file.js';

/** What of a study file, or of a registered plan, decides how its arms differ. */
export interface ComparedStudy extends StudySections {
  readonly arms: readonly ArmSection[];
}

/** The kinds of things in which arms can differ; each by itself is one possible cause of a difference in results. */
export const armKinds = ['image', 'colour', 'balance', 'labels', 'model', 'training'] as const;
export type ArmKind = (typeof armKinds)[number];

/** One key in which not all arms agree, and what each arm has there. */
export interface DifferingKey {
  readonly kind: ArmKind;
  /** For example `image.size`; `colour` as a whole. */
  readonly key: string;
  /** By arm, in the study's order; undefined where the arm does not have the key. */
  readonly values: readonly unknown[];
}

/**
 * The keys in which a study's arms differ, found by comparing what they resolve to. Mappings are compared key by key, and
 * lists of layers layer by layer, where all arms that have them have the same form; else as a whole.
 */
export function armDifferences(study: ComparedStudy): readonly DifferingKey[] {
  const arms = study.arms.map((arm) => effectiveArm(resolveArm(study, arm)));
  return armKinds.flatMap((kind) =>
    differences(
      kind,
      arms.map((arm) => arm[kind]),
    ).map((found) => ({ kind, ...found })),
  );
}

type Found = Omit<DifferingKey, 'kind'>;

function differences(key: string, values: readonly unknown[]): readonly Found[] {
  if (new Set(values.map((value) => canonicalJson(value ?? null))).size < 2) return [];
  const names = key === 'colour' ? undefined : partsOf(values);
  if (names === undefined) return [{ key, values }];
  return names.flatMap((name) =>
    differences(
      Array.isArray(values[0]) ? `${key}[${name}]` : `${key}.${name}`,
      values.map((value) => (value as Readonly<Record<string, unknown>> | undefined)?.[name]),
    ),
  );
}

/** The keys of mappings, which an arm may be without, or the places of lists of as many mappings; undefined for others. */
function partsOf(values: readonly unknown[]): readonly string[] | undefined {
  const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const given = values.filter((value) => value !== undefined);
  if (given.every(isMapping)) return [...new Set(given.flatMap((value) => Object.keys(value as object)))];
  const [first] = values;
  const areLists = values.every((value): value is readonly unknown[] => Array.isArray(value) && value.every(isMapping));
  return areLists && values.every(({ length }) => length === values[0]!.length)
    ? Object.keys(first as object)
    : undefined;
}

/** The kinds in which an arm differs from another. Two or more: a difference in results has as many possible causes. */
export function differingKinds(study: StudySections, one: ArmSection, other: ArmSection): readonly ArmKind[] {
  const [a, b] = [one, other].map((arm) => effectiveArm(resolveArm(study, arm))) as [ResolvedArm, ResolvedArm];
  return armKinds.filter((kind) => canonicalJson(a[kind] ?? null) !== canonicalJson(b[kind] ?? null));
}

/** A value of a differing key as a table shows it. */
export function differingText(value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  if (areLayers(value)) return layersText(value);
  return JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ');
}

function areLayers(value: unknown): value is NonNullable<ModelSection['layers']> {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'layer' in one);
}

/** Names of kinds in sentences. */
const kindNames: Readonly<Record<ArmKind, string>> = {
  image: 'the picture',
  colour: 'colour',
  balance: 'balance of the classes',
  labels: 'labels',
  model: 'network',
  training: 'training',
};

/**
 * What must be said where an arm differs from its control in more than one kind of thing; undefined where it does not.
 */
export function causesSentence(arm: string, control: string, kinds: readonly ArmKind[]): string | undefined {
  if (kinds.length < 2) return undefined;
  const names = kinds.map((kind) => kindNames[kind]);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const number = ['two', 'three', 'four', 'five', 'six'][kinds.length - 2];
  return `${arm} differs from ${control} in ${listed}: the difference has ${number} possible causes.`;
}

/** That sentence for each arm that needs it, in the study's order. */
export function causesSentences(study: ComparedStudy): readonly string[] {
  const control = study.arms.find((arm) => arm.control);
  if (control === undefined) return [];
  return study.arms.flatMap((arm) =>
    arm.control ? [] : (causesSentence(arm.name, control.name, differingKinds(study, arm, control)) ?? []),
  );
}
