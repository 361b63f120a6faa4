import { nearest } from '@chromaray/base/browser';
import { colourProblems } from './colour-rules.js';
import type { Vocabulary } from './names.js';
import { type Problem, valueText } from './problem.js';
import type { ColourArm } from './study-file.js';

/** What studies of networks and of readers have in common. */
interface NamedArms {
  readonly name: string;
  readonly arms: readonly ColourArm[];
}

/** What can be part of a file's name on every system. */
export const fileName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Names of the study and its arms become names of files. */
export function nameProblems(study: NamedArms): readonly Problem[] {
  const names = [
    { path: ['name'], name: study.name },
    ...study.arms.map((arm, index) => ({ path: ['arms', index, 'name'], name: arm.name })),
  ];
  return names
    .filter(({ name }) => !fileName.test(name))
    .map(({ path, name }) => ({
      code: 'NAME',
      path,
      message: `the name ${valueText(name)} cannot be part of a file name`,
      remedy: 'Use up to 64 letters (a-z), digits, "-" and "_", beginning with a letter or digit.',
    }));
}

/** At least two arms with names of their own, one of them the control. */
export function armProblems(study: Pick<NamedArms, 'arms'>): readonly Problem[] {
  const problems: Problem[] = [];
  const remedy = 'Give exactly one arm `control: true`: the one that the others are compared with.';
  const controls = study.arms.flatMap((arm, index) => (arm.control ? [{ ...arm, index }] : []));
  if (study.arms.length < 2) {
    problems.push({
      code: 'ARMS',
      path: ['arms'],
      message: `there ${study.arms.length === 0 ? 'is no arm' : 'is only one arm'}; a study compares at least two`,
      remedy: 'Add an arm, for example `{ name: turbo, colour: { map: turbo } }`.',
    });
  } else if (controls.length === 0) {
    problems.push({ code: 'CONTROL', path: ['arms'], message: 'no arm is the control', remedy });
  }
  if (controls.length > 1) {
    const names = controls.map(({ name }) => `"${name}"`).join(' and ');
    const path = ['arms', controls[1]!.index, 'control'];
    problems.push({ code: 'CONTROL', path, message: `${names} are both marked as the control`, remedy });
  }
  const first = new Map<string, number>();
  study.arms.forEach((arm, index) => {
    // Files of arms that differ in case only would be one file on Windows and macOS.
    const key = arm.name.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else {
      problems.push({
        code: 'DUPLICATE',
        path: ['arms', index, 'name'],
        message: `arms[${earlier}] and arms[${index}] are both called "${arm.name}"`,
        remedy: 'Give each arm a name of its own; upper and lower case count as the same.',
      });
    }
    problems.push(...colourProblems(arm.colour, ['arms', index, 'colour']));
  });
  return problems;
}

/** Maps and colorizers that this version does not know. */
export function paletteProblems({ arms }: Pick<NamedArms, 'arms'>, vocabulary: Vocabulary): readonly Problem[] {
  return arms.flatMap(({ colour }, index) => {
    if (typeof colour !== 'object') return [];
    const path = ['arms', index, 'colour'];
    if ('colorizer' in colour) {
      const place = { code: 'COLORIZER', what: 'colorizer', path: [...path, 'colorizer'] } as const;
      return unknownName(place, colour.colorizer, vocabulary.colorizers);
    }
    if (!('map' in colour)) return [];
    const plain = vocabulary.maps?.filter((map) => map !== 'shuffled' && map !== 'smooth-random');
    return [
      ...unknownName({ code: 'MAP', what: 'colour map', path: [...path, 'map'] }, colour.map, vocabulary.maps),
      ...(colour.of === undefined
        ? []
        : unknownName({ code: 'MAP', what: 'colour map to shuffle called', path: [...path, 'of'] }, colour.of, plain)),
    ];
  });
}

/** A name that is not among those known, with the nearest of them; nothing where the known ones are not given. */
export function unknownName(
  { code, what, path }: { readonly code: Problem['code']; readonly what: string; readonly path: Problem['path'] },
  name: string,
  known: readonly string[] | undefined,
): readonly Problem[] {
  if (known === undefined || known.includes(name)) return [];
  const guess = nearest(name, known);
  return [
    {
      code,
      path,
      message: `there is no ${what} "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
      remedy: known.length === 0 ? `This version has no ${what}.` : `Use one of ${known.join(', ')}.`,
    },
  ];
}
