import { resolveArm, type StudySections } from './resolve-arm.js';
import type { ArmSection, AugmentationRanges, SearchedNumbers, TuneSpace } from './study-file.js';

/** What a candidate has in place of the study's own, by key of the search: `training.learningRate`. */
export type TuneSettings = Readonly<Record<string, number | string>>;

/** Everything that is searched, key by key. */
export type SearchedValues = SearchedNumbers | readonly string[];

/** The search's keys with what each may be, in the order of the space. */
export function searchedKeys(space: TuneSpace): readonly (readonly [key: string, values: SearchedValues])[] {
  return leaves(space, '');
}

function leaves(node: object, prefix: string): readonly (readonly [string, SearchedValues])[] {
  return Object.entries(node).flatMap(([name, value]: [string, object]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    const isValues = Array.isArray(value) || 'linear' in value || 'log' in value;
    return isValues ? [[key, value as SearchedValues] as const] : leaves(value, key);
  });
}

/** The one searched key that is no key of a section, but stands for several. */
export const strengthKey = 'augmentation.strength';

/**
 * An arm with a candidate's settings in place of its own. `augmentation.strength` multiplies how far each range of the
 * arm's augmentation lies from leaving a picture as it is.
 */
export function tunedArm(study: StudySections, arm: ArmSection, settings: TuneSettings): ArmSection {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(settings)) {
    if (key !== strengthKey) put(changes, key.split('.'), value);
    else {
      const { augmentation } = resolveArm(study, arm).balance;
      if (augmentation !== undefined) {
        put(changes, ['balance', 'augmentation'], strengthened(augmentation, value as number));
      }
    }
  }
  return joined(arm, changes) as ArmSection;
}

function strengthened(ranges: AugmentationRanges, strength: number): AugmentationRanges {
  // What is one way or the other, such as a flip, has no strength.
  const share = (value: number): number => Math.min(value * strength, 0.999);
  const factors = ([low, high]: readonly [number, number]): readonly [number, number] => [
    Math.max(1 + (low - 1) * strength, 0.01),
    Math.min(1 + (high - 1) * strength, 10),
  ];
  return {
    ...ranges,
    rotation: Math.min(ranges.rotation * strength, 180),
    widthShift: share(ranges.widthShift),
    heightShift: share(ranges.heightShift),
    shear: Math.min(ranges.shear * strength, 60),
    zoom: factors(ranges.zoom),
    brightness: factors(ranges.brightness),
  };
}

function put(into: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[key!] = value;
  else {
    into[key!] ??= {};
    put(into[key!] as Record<string, unknown>, rest, value);
  }
}

function joined(base: object, changes: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const both = isMapping(result[key]) && isMapping(value);
    result[key] = both ? joined(result[key] as object, value as object) : value;
  }
  return result;
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings as tables show them; what the study has where there are none. */
export function settingsText(settings: TuneSettings): string {
  const texts = Object.entries(settings).map(([key, value]) => `${key.replace(/^(training|model)\./, '')} ${value}`);
  return texts.length === 0 ? 'the study’s own' : texts.join(', ');
}
