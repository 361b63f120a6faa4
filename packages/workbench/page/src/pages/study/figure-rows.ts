import type { StudyBehaviour, StudyReport } from '@chromaray/contracts';
import { factorCells } from '@chromaray/contracts/names';
import type { Cell, Rows } from '../../kit/figure/csv.js';
import { figureName } from './report-text.js';

/** What the numbers behind the report's figures are taken from. */
export interface FigureSource {
  readonly report: StudyReport;
  /** Undefined where the study has none. */
  readonly behaviour: StudyBehaviour | undefined;
}

type MakeRows = (source: FigureSource, arm: string | undefined) => Rows | undefined;

const byGroup: Readonly<Record<string, MakeRows>> = {
  forest: ({ report }) => ({
    columns: ['arm', 'control', 'seed', 'difference', 'lower', 'upper', 'level', 'verdict'],
    rows: report.numbers.comparisons.flatMap(({ arm, control, ...of }): Cell[][] => [
      [arm, control, 'mean', of.difference, of.interval[0], of.interval[1], of.intervalLevel, of.verdict],
      ...of.perSeed.map(({ seed, difference, delong }) => [
        ...[arm, control, seed, difference ?? delong.difference],
        // DeLong's interval is of the AUROC.
        ...(difference === undefined ? [delong.interval?.[0] ?? null, delong.interval?.[1] ?? null] : [null, null]),
        ...[null, null],
      ]),
    ]),
  }),
  auroc: ({ report }) => ({
    columns: ['arm', 'seed', 'auroc', 'lower', 'upper'],
    rows: report.numbers.arms.flatMap(({ arm, seeds, auroc }): Cell[][] => [
      [arm, 'mean', auroc.mean, auroc.interval?.[0] ?? null, auroc.interval?.[1] ?? null],
      ...seeds.map((seed, i) => [arm, seed, auroc.perSeed[i]!, null, null]),
    ]),
  }),
  endpoint: ({ report }) => ({
    columns: ['arm', 'seed', 'endpoint', 'lower', 'upper'],
    rows: report.numbers.arms.flatMap(({ arm, seeds, endpoint }): Cell[][] =>
      endpoint === undefined
        ? []
        : [
            [arm, 'mean', endpoint.mean, endpoint.interval?.[0] ?? null, endpoint.interval?.[1] ?? null],
            ...seeds.map((seed, i) => [arm, seed, endpoint.perSeed[i]!, null, null]),
          ],
    ),
  }),
  interaction: ({ report }) => ({
    columns: ['arm', ...(report.numbers.factors?.factors ?? []).map(({ name }) => name), 'seed', 'endpoint'],
    rows:
      report.numbers.factors === undefined
        ? []
        : factorCells(report.numbers.factors).flatMap(({ arm, levels }) => {
            const own = report.numbers.arms.find((one) => one.arm === arm);
            const endpoint = own?.endpoint ?? own?.auroc;
            return own === undefined || endpoint === undefined
              ? []
              : [
                  [arm, ...levels, 'mean', endpoint.mean],
                  ...own.seeds.map((seed, i): Cell[] => [arm, ...levels, seed, endpoint.perSeed[i]!]),
                ];
          }),
  }),
  flow: ({ report }) => ({
    columns: ['part', 'records', 'patients', 'positives', 'negatives'],
    rows: Object.entries(report.numbers.counts).map(([part, of]) => [
      ...[part, of.records, of.patients, of.positives, of.negatives],
    ]),
  }),
  shortcuts: ({ behaviour, report }) => ({
    columns: ['what', 'auroc', 'lower', 'upper'],
    rows: [
      ...(behaviour?.shortcuts ?? []).map(({ view, auroc, interval }) => [`shortcut: ${view}`, auroc, ...interval]),
      ...report.numbers.arms.map(({ arm, auroc }) => [
        ...[`arm: ${arm}`, auroc.mean, auroc.interval?.[0] ?? null, auroc.interval?.[1] ?? null],
      ]),
    ],
  }),
  confusion: ({ report }, arm) => ({
    columns: ['arm', 'seed', 'threshold', 'true positives', 'false positives', 'true negatives', 'false negatives'],
    rows: report.arms
      .filter(({ name }) => arm === undefined || fileWord(name) === arm)
      .flatMap(({ name, trials }) =>
        trials.flatMap(({ seed, threshold, confusion: of }) =>
          of === null
            ? []
            : [[name, seed, threshold, of.truePositives, of.falsePositives, of.trueNegatives, of.falseNegatives]],
        ),
      ),
  }),
  reliability: ({ behaviour }, arm) => ({
    columns: ['arm', 'seed', 'mean probability', 'observed share'],
    rows: ofArm(behaviour, arm).flatMap(({ arm: name, reliability }) =>
      reliability.flatMap(({ probability, observed, perSeed }): Cell[][] => [
        [name, 'mean', probability, observed],
        ...perSeed.map((one) => [name, one.seed, one.probability, one.observed]),
      ]),
    ),
  }),
  decision: ({ behaviour }, arm) => ({
    columns: ['arm', 'threshold', 'net benefit', 'everybody'],
    rows: ofArm(behaviour, arm).flatMap(({ arm: name, decisionCurve }) =>
      decisionCurve.map(({ threshold, model, everybody }) => [name, threshold, model, everybody]),
    ),
  }),
};

/** The numbers that a figure of the report shows; undefined for a figure that this version does not know. */
export function figureRows(file: string, source: FigureSource): Rows | undefined {
  const [, group = '', arm] =
    /^(forest|auroc|endpoint|interaction|flow|shortcuts|confusion|reliability|decision)(?:-(.+))?$/.exec(
      figureName(file),
    ) ?? [];
  return byGroup[group]?.(source, group === 'forest' || group === 'shortcuts' ? undefined : arm);
}

function ofArm(behaviour: StudyBehaviour | undefined, arm: string | undefined) {
  return (behaviour?.arms ?? []).filter((one) => arm === undefined || fileWord(one.arm) === arm);
}

/** An arm's name as names of files have it. */
function fileWord(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-');
}
