import { listed } from '@chromaray/base/browser';
import type { FactorEffect } from './verdict.js';

/** An effect in a few words: `size: 128 against 64`, `size (128 against 64) with clahe (on against off)`. */
export function factorEffectName({ of }: Pick<FactorEffect, 'of'>): string {
  const [first, second] = of as [FactorEffect['of'][number], FactorEffect['of'][number] | undefined];
  if (second === undefined) return `${first.factor}: ${first.level} against ${first.against}`;
  return of.map(({ factor, level: own, against }) => `${factor} (${own} against ${against})`).join(' with ');
}

/** What its numbers come to, in a few words. */
export function factorOutcomeText({ outcome, cellsAtFault }: FactorEffect): string {
  switch (outcome) {
    case 'higher':
    case 'lower':
      return outcome;
    case 'open':
      return 'not shown';
    case 'one seed':
      return 'one seed: no interval';
    case 'not learned':
      return `says nothing: ${listed(cellsAtFault)} not shown to have learned`;
    case 'not estimable':
      return `cannot be estimated: ${listed(cellsAtFault)} not finished`;
  }
}
