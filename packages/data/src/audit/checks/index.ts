import type { Check } from '../check.js';
import { augmentationCopies } from './augmentation-copies.js';
import { classBalance } from './class-balance.js';
import { colour } from './colour.js';
import { dimensions } from './dimensions.js';
import { duplicates } from './duplicates.js';
import { exclusions } from './exclusions.js';
import { givenParts } from './given-parts.js';
import { leftovers } from './leftovers.js';
import { lookalikePatients } from './lookalike-patients.js';
import { losses } from './losses.js';
import { nearDuplicates } from './near-duplicates.js';
import { partSize } from './part-size.js';
import { patients } from './patients.js';
import { pictures } from './pictures.js';
import { shortcuts } from './shortcuts.js';
import { unreadable } from './unreadable.js';
import { views } from './views.js';

/** Everything an audit looks for. */
export const checks: readonly Check[] = [
  unreadable,
  losses,
  exclusions,
  duplicates,
  nearDuplicates,
  augmentationCopies,
  patients,
  lookalikePatients,
  givenParts,
  partSize,
  classBalance,
  shortcuts,
  colour,
  pictures,
  views,
  dimensions,
  leftovers,
];

/** The id of every finding an audit can make, sorted. */
export const findingIds: readonly string[] = checks.flatMap(({ findings }) => findings).sort();
