import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../../src/results/cases.js';
import { DotChart } from './dot-chart.js';

const drawn = (...arms: string[]): string => {
  const ofSeeds = [{ seed: 1, probability: 0.5, threshold: 0.4, right: true }];
  const said = { probability: 0.5, seeds: 1, wrong: 0, outcome: 'true positive' as const, ofSeeds };
  const one: Case = {
    ...{ record: 'a.png', label: 'PNEUMONIA', positive: true, patient: null },
    ...{ error: 0.5, confidence: 0, disagreement: 0, spread: 0 },
    arms: arms.map((arm) => ({ arm, ...said })),
  };
  return renderToStaticMarkup(createElement(DotChart, { one }));
};

const names = (html: string) => [...html.matchAll(/<text x="(\d+)"[^>]*text-anchor="(start|end)">([^<]*)</g)];

describe('the dot chart of a case', () => {
  it('names every arm in full, so that arms of factors, whose names begin alike, can be told apart', () => {
    const arms = ['colour-gray_smooth-0', 'colour-gray_smooth-0-1'];
    expect(names(drawn(...arms)).map(([, x, anchor, name]) => [x, anchor, name])).toEqual([
      ['4', 'start', arms[0]],
      ['4', 'start', arms[1]],
    ]);
  });

  it('has short names beside their dots', () => {
    expect(names(drawn('gray', 'turbo')).map(([, x, anchor, name]) => [x, anchor, name])).toEqual([
      ['86', 'end', 'gray'],
      ['86', 'end', 'turbo'],
    ]);
  });
});
