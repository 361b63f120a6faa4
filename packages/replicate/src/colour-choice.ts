import type { ColourSpec } from '@chromaray/contracts';

/** The colours the original study used, then those that come nearest to them. */
const preferred = ['deoldify-artistic', 'deoldify-stable'] as const;

/** The colour map that stands in where no colorizer is at hand: it has many hues, as a colorized picture has. */
export const standInMap = 'turbo';

/** How the replication colours its X-rays, and what has to be said about it. */
export interface ColourChoice {
  readonly name: string;
  readonly colour: ColourSpec;
  /** One sentence for a reader. */
  readonly note: string;
}

/**
 * DeOldify where it is installed, as in the original study (artistic model, render factor 35), else another
 * DeOldify, else a colour map.
 *
 * @param installed names of the colorizers at hand
 */
export function chooseColour(installed: readonly string[] = []): ColourChoice {
  const name = preferred.find((wanted) => installed.includes(wanted));
  if (name === undefined) {
    return {
      name: standInMap,
      colour: { map: standInMap },
      note: `No DeOldify weights are installed, so the colours are those of the colour map ${standInMap}. Which colours the pictures have does not matter to copies.`,
    };
  }
  const exact = name === 'deoldify-artistic';
  return {
    name,
    colour: { colorizer: name, renderFactor: 35 },
    note: exact
      ? 'The colours are those of DeOldify, artistic model, render factor 35, as in the original study.'
      : `The colours are those of ${name}, render factor 35; the original study used the artistic model.`,
  };
}
