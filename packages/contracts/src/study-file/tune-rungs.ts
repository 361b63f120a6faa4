import type { TuneSection } from './study-file.js';

/** A stage of a search: so many candidates, trained up to so many epochs. */
export interface Rung {
  readonly candidates: number;
  readonly epochs: number;
}

/**
 * The stages of a search, for each arm. Method `random` has one. Method `halving` is a bracket of successive halving as in
 * Hyperband (Jamieson and Talwalkar 2016; Li et al. 2018, Algorithm 1): `n` candidates begin with
 * `R / reduction^s` epochs, and the best `n / reduction` of each stage go on to `reduction` times as many, up to `R`; `s`
 * is the largest number of steps for which the last stage has a candidate and the first an epoch.
 */
export function tuneRungs({ method, candidates, epochs = 1, reduction }: TuneSection): readonly Rung[] {
  const steps = method === 'random' ? 0 : Math.min(wholeLog(candidates, reduction), wholeLog(epochs, reduction));
  return Array.from({ length: steps + 1 }, (_, i) => ({
    candidates: Math.floor(candidates / reduction ** i),
    epochs: Math.max(1, Math.round(epochs / reduction ** (steps - i))),
  }));
}

/** Without the rounding of a quotient of logarithms. */
function wholeLog(value: number, base: number): number {
  let power = 0;
  while (base ** (power + 1) <= value) power++;
  return power;
}

/**
 * Epochs that the stages cost an arm.
 *
 * @param continued whether a candidate goes on from where the stage before left it, or is trained from the start
 */
export function rungEpochs(rungs: readonly Rung[], continued = true): number {
  return rungs.reduce(
    (sum, { candidates, epochs }, i) => sum + candidates * (epochs - (continued ? (rungs[i - 1]?.epochs ?? 0) : 0)),
    0,
  );
}
