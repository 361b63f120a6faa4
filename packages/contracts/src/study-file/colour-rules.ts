import type { Problem } from './problem.js';
import type { ColorizerColour, ColourSpec } from './study-file.js';
import { trainedNameOf, untrainedName } from './untrained-name.js';

/** The maps that a further key of a colour has a meaning for. */
export const mapsOf = {
  seed: ['shuffled', 'smooth-random'],
  of: ['shuffled'],
  colourfulness: ['smooth-random'],
} as const;

/** Keys of an arm's colour that its map, or its colorizer, has no use for. */
export function colourProblems(colour: ColourSpec, path: Problem['path']): readonly Problem[] {
  if (typeof colour !== 'object') return [];
  if ('colorizer' in colour) return colorizerProblems(colour, path);
  if (!('map' in colour)) return [];
  const { map, ...others } = colour;
  return (Object.keys(others) as (keyof typeof mapsOf)[]).flatMap((key) => {
    const maps: readonly string[] = mapsOf[key];
    if (maps.includes(map)) return [];
    return [
      {
        code: 'COLOUR',
        path: [...path, key],
        message: `"${key}" has a meaning only for the map ${maps.map((name) => `"${name}"`).join(' or ')}, not for "${map}"`,
        remedy: `Remove "${key}", or write ${maps.map((name) => `\`map: ${name}\``).join(' or ')}.`,
      },
    ];
  });
}

function colorizerProblems({ colorizer, seed }: ColorizerColour, path: Problem['path']): readonly Problem[] {
  if (seed === undefined || trainedNameOf(colorizer) !== undefined) return [];
  return [
    {
      code: 'COLOUR',
      path: [...path, 'seed'],
      message: `"seed" has a meaning only for an untrained colorizer, such as "${untrainedName(colorizer)}", not for "${colorizer}"`,
      remedy: 'Remove "seed".',
    },
  ];
}
