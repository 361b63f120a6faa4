import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { trainingCurves } from './figures/training-curves.js';
import { drawFigures, renderFigures } from './render-figures.js';
import { partialInput, sampleInput } from './report.test-support.js';
import type { ReportInput } from './report-input.js';
import { completeInput } from './sample-behaviour.test-support.js';

/** Few enough corners that a snapshot can be read. */
function small(): ReportInput {
  const input = sampleInput({ seeds: [1, 2], epochs: 4, arms: { gray: 2.4, turbo: 1.8 } });
  const arms = input.arms.map((arm) => ({
    ...arm,
    trials: arm.trials.map((trial, i) => ({
      ...trial,
      roc: [
        { falsePositiveRate: 0, truePositiveRate: 0 },
        { falsePositiveRate: 0.1 + i / 10, truePositiveRate: 0.8 },
        { falsePositiveRate: 1, truePositiveRate: 1 },
      ],
    })),
  }));
  return { ...input, arms };
}

const behaviourFigures = renderFigures(
  completeInput({ seeds: [1, 2], epochs: 2, arms: { gray: 2.4, turbo: 1.8 } }),
).filter(({ name }) => name === 'reliability-turbo' || name === 'decision-turbo');

describe('renderFigures', () => {
  it.each(renderFigures(small()).filter((figure) => !figure.name.endsWith('-gray')))(
    'draws $name as it did',
    async (figure) => {
      await expect(`${figure.svg}\n`).toMatchFileSnapshot(`../../test/figures/${figure.name}.svg`);
    },
  );

  it.each(behaviourFigures)('draws $name as it did', async (figure) => {
    await expect(`${figure.svg}\n`).toMatchFileSnapshot(`../../test/figures/${figure.name}.svg`);
  });

  it('marks what differs by dash, shape or lightness as well, never by hue alone', () => {
    for (const figure of [...renderFigures(small()), ...behaviourFigures]) {
      const { document } = parseHTML(figure.svg);
      const styles = new Map<string, Set<string>>();
      for (const line of document.querySelectorAll('[stroke^="#"]')) {
        const [stroke, dash, width] = ['stroke', 'stroke-dasharray', 'stroke-width'].map(
          (name) => line.closest(`[${name}]`)?.getAttribute(name) ?? '',
        );
        if (stroke === '#0072b2' || stroke === '#d55e00') {
          styles.set(stroke!, (styles.get(stroke!) ?? new Set()).add(`${dash}/${width}`));
        }
      }
      const [blue, orange] = [styles.get('#0072b2') ?? new Set(), styles.get('#d55e00') ?? new Set()];
      for (const style of orange) expect([...blue], figure.name).not.toContain(style);
    }
  });

  it('names every figure once and draws each the same every time', () => {
    const names = renderFigures(small()).map((figure) => figure.name);
    expect(new Set(names).size).toBe(names.length);
    expect(renderFigures(small())).toEqual(renderFigures(small()));
  });

  it('cuts an interval that would press all others into a point, with an arrow and a word in the caption', async () => {
    const input = sampleInput({ seeds: [1, 2], epochs: 2, arms: { gray: 2.4, gray3: 2.4, turbo: 2.4, shuffled: 1.9 } });
    const comparisons = input.verdict.comparisons.map((row) =>
      row.arm === 'shuffled'
        ? { ...row, difference: -0.181, interval: [-0.879, 0.517] as const }
        : { ...row, difference: 0.001, interval: [-0.01, 0.012] as const },
    );
    const { forest } = drawFigures({ ...input, verdict: { ...input.verdict, comparisons } });
    expect(forest.marks).toContain('An arrow');
    const [wide] = forest.figures;
    expect(wide!.svg).toContain('−0.181 (−0.879 to +0.517)');
    expect(wide!.svg).toContain('+0.04');
    expect(wide!.svg).not.toContain('+0.4<');
    await expect(`${wide!.svg}\n`).toMatchFileSnapshot('../../test/figures/forest-cut.svg');
    expect(drawFigures(input).forest.marks).not.toContain('An arrow');
  });

  it('leaves no style sheet that could leak into a page', () => {
    for (const figure of renderFigures(small())) {
      expect(figure.svg).not.toContain('<style');
      expect(figure.svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    }
  });

  it('draws what an unfinished study has', () => {
    expect(renderFigures(partialInput()).map((figure) => figure.name)).toEqual([
      'forest-wide',
      'forest-narrow',
      'auroc',
      'flow',
      'training-gray',
      'training-turbo',
      'roc-all',
      'roc-gray',
      'roc-turbo',
      'confusion-gray',
      'confusion-turbo',
    ]);
  });

  it('cuts a loss that would flatten all others, and says so', () => {
    const calm = sampleInput({ seeds: [1], epochs: 20, arms: { gray: 2.4 } }).arms;
    const wild = calm.map((arm) => ({
      ...arm,
      trials: arm.trials.map((trial) => ({
        ...trial,
        epochs: trial.epochs.map((epoch, i) => (i === 4 ? { ...epoch, validationLoss: 900 } : epoch)),
      })),
    }));
    expect(trainingCurves(calm).marks).not.toContain('upper end');
    expect(trainingCurves(wild).marks).toContain('upper end');
    expect(trainingCurves(wild).figures[0]?.svg).not.toContain('>800<');
  });
});
