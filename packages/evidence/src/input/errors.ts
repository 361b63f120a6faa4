import { ChromarayError } from '@chromaray/base';

/** The error for a parameter outside its range. */
export function argumentError(name: string, found: unknown, expected: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_ARGUMENT',
    message: `${name} is ${String(found)}, but must be ${expected}.`,
    remedy: 'Give a value in that range.',
    details: { name, expected },
  });
}

/** The error for two lists that should speak of the same records but have different lengths. */
export function lengthError(first: string, firstLength: number, second: string, secondLength: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_LENGTH',
    message: `There are ${firstLength} ${first} but ${secondLength} ${second}; every record needs one of each.`,
    remedy: 'Pass lists of the same length, in the same order of records.',
    details: { [first]: firstLength, [second]: secondLength },
  });
}

/** The error for a list without entries. */
export function emptyError(name: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_EMPTY',
    message: `There are no ${name}: nothing can be computed from an empty list.`,
    remedy: 'Pass at least one record.',
  });
}

/** The error for a part too small to estimate a variance from. */
export function tooFewError(what: string, found: number, needed: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_TOO_FEW',
    message: `A variance needs at least ${needed} ${what}, but there ${found === 1 ? 'is' : 'are'} ${found}.`,
    remedy: 'Use a larger part of the data, or report the counts without an interval.',
    details: { what, found, needed },
  });
}

/** The error for two arms that were not trained with the same seeds. */
export function seedsError(arm: number, control: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_SEEDS',
    message: `The arm has ${arm} ${arm === 1 ? 'seed' : 'seeds'} and the control ${control}; they are compared seed by seed.`,
    remedy: 'Leave out the seeds that only one of them has finished, or finish them.',
    details: { arm, control },
  });
}
