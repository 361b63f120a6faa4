import type { ColourSpec } from '@chromaray/contracts';

/** The colours the original study used, then those that come nearest to them. */
const deoldify = ['deoldify-artistic', 'deoldify-stable'] as const;

/** The colorizer that stands in for DeOldify: a small one of the same kind that comes with the program. */
const standIn = 'photo-small';

/** How the replication colours its X-rays, and what has to be said about it. */
export interface ColourChoice {
  readonly name: string;
  readonly colour: ColourSpec;
  /** One or two sentences for a reader. */
  readonly note: string;
}

/**
 * DeOldify where it is installed, as in the original study (artistic model, render factor 35), else another
 * DeOldify, else the colorizer that comes with the program.
 *
 * @param installed names of the colorizers at hand
 */
export function chooseColour(installed: readonly string[] = []): ColourChoice {
  const name = deoldify.find((wanted) => installed.includes(wanted));
  if (name === undefined) {
    return {
      name: standIn,
      colour: { colorizer: standIn },
      note: `DeOldify is not installed, so the colours are those of ${standIn}, a small colorizing network that Chromaray trained on photographs; the original study used DeOldify's artistic model. Which colours the pictures have does not matter to copies.`,
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
