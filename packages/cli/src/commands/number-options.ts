import { InvalidArgumentError } from 'commander';
import { wholeNumber } from './options.js';

/** Whole numbers with commas between them. */
export function wholeNumbers(least: number, most: number): (text: string) => number[] {
  const parse = wholeNumber(least, most);
  return (text) => text.split(',').map((number) => parse(number.trim()));
}

/** A share of something, from 0 to 1. */
export const share = numberFrom(0, 1);

/** A parser for a number within limits. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}`);
  };
}

/** Such numbers with commas between them. */
export function numbers(least: number, most: number): (text: string) => number[] {
  const parse = numberFrom(least, most);
  return (text) => text.split(',').map(parse);
}
