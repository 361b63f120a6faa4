import { ChromarayError } from '@chromaray/base';

/** @throws ChromarayError `CHROMARAY_TRAINING_OPTION` unless the option is 1, 2, ... */
export function wholeNumber(option: string, value: number): void {
  if (!(Number.isInteger(value) && value > 0)) throw optionError(option, value, 'a whole number of at least 1');
}

/** @throws ChromarayError `CHROMARAY_TRAINING_OPTION` unless the option is finite and above 0 */
export function positive(option: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) throw optionError(option, value, 'a number above 0');
}

function optionError(option: string, found: number, expected: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_OPTION',
    message: `The training option ${option} is ${found}; it must be ${expected}.`,
    remedy: `Correct ${option}.`,
    details: { option, found },
  });
}
