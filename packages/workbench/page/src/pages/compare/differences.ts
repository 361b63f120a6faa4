import { flow, valuesOf } from '../study-file/edit-yaml.js';

/** A key of study files in which some differ. */
export interface Difference {
  /** `training.epochs`. */
  readonly key: string;
  /** By study, as YAML; a dash where a file does not have it. */
  readonly values: readonly string[];
}

/** Keys in which study files differ. Files as run have every default written out, so that nothing differs by silence. */
export function differences(files: readonly string[]): readonly Difference[] {
  const flat = files.map((text) => flattened(valuesOf(text)));
  const keys = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return keys
    .map((key) => ({ key, values: flat.map((one) => one.get(key) ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Values by their path; lists are one value, arms by their name. */
function flattened(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (path === 'arms' && Array.isArray(value))
    return new Map(value.map((arm: { name?: unknown }) => [`arms: ${String(arm.name)}`, flow(arm)]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[path, flow(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flattened(inner, path === '' ? key : `${path}.${key}`)]),
  );
}
