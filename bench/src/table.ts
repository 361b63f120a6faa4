import { type Clock, median, type Run, secondsOf } from './measurement.js';

/** Median, lowest and highest over rounds. */
export type Spread = readonly [median: number, low: number, high: number];

export interface Result {
  readonly contender: string;
  readonly version: string;
  readonly imagesPerSecond: number;
  /** Images a second by round. */
  readonly rounds: readonly number[];
  /** Speed over that of each reference in the same round. */
  readonly ratios: Readonly<Record<string, Spread>>;
  readonly peakBytes: number;
  /** The first round's start may have compiled what later rounds find in a cache. */
  readonly secondsToFirstStep: number;
  readonly longestSecondsToFirstStep: number;
  readonly parameters: number;
  /** Share of a step outside of native kernels. */
  readonly ownShare?: number;
}

/**
 * Sums rounds up. Ratios are taken within a round, where both ran one after the other, because a shared
 * machine changes its speed from minute to minute.
 */
export function summarise(
  runs: ReadonlyMap<string, readonly Run[]>,
  batch: number,
  references: readonly string[],
  clock: Clock = 'wall',
): readonly Result[] {
  const seconds = (run: Run) => secondsOf(run, clock);
  const present = references.filter((reference) => runs.has(reference));
  return [...runs].map(([contender, own]) => {
    const ratios = present.map((reference): [string, Spread] => {
      const ofRounds = runs.get(reference)!.map((run, round) => seconds(run) / seconds(own[round]!));
      return [reference, [median(ofRounds), Math.min(...ofRounds), Math.max(...ofRounds)]];
    });
    const rounds = own.map((run) => batch / seconds(run));
    const starts = own.map((run) => run.secondsToFirstStep);
    const shares = own.flatMap(({ ownShare }) => (ownShare === undefined ? [] : [ownShare]));
    return {
      contender,
      version: own[0]!.version,
      imagesPerSecond: median(rounds),
      rounds,
      ratios: Object.fromEntries(ratios),
      peakBytes: median(own.map((run) => run.peakBytes)),
      secondsToFirstStep: median(starts),
      longestSecondsToFirstStep: Math.max(...starts),
      parameters: own[0]!.parameters,
      ...(shares.length > 0 && { ownShare: median(shares) }),
    };
  });
}

/** The results of one setting, under its title. */
export interface Section {
  readonly title: string;
  readonly results: readonly Result[];
  readonly failures: ReadonlyMap<string, string>;
}

/** All sections as one aligned table; what could not be measured stands in it with the reason. */
export function formatTable(sections: readonly Section[], references: readonly string[]): string {
  const present = references.filter((reference) =>
    sections.some(({ results }) => results.some(({ contender }) => contender === reference)),
  );
  const heading = [
    '',
    'images/s',
    ...present.map((reference) => `/ ${reference}`),
    'peak MB',
    'first step s',
    'own share',
    '',
  ];
  const rows = sections.flatMap(({ title, results, failures }) => [
    [title],
    ...results.map((result) => [
      `  ${result.contender}`,
      result.imagesPerSecond.toFixed(1),
      ...present.map((reference) => formatSpread(result.ratios[reference])),
      (result.peakBytes / 1e6).toFixed(0),
      result.secondsToFirstStep.toFixed(1),
      result.ownShare === undefined ? '' : `${(100 * result.ownShare).toFixed(1)} %`,
      result.version,
    ]),
    ...[...failures].map(([contender, reason]) => [`  ${contender}: ${reason}`]),
  ]);
  const all = [heading, ...rows];
  const aligned = all.filter((row) => row.length > 1);
  const widths = heading.map((_, column) => Math.max(...aligned.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 || i === heading.length - 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
  return all.map((row) => (row.length === 1 ? row[0]! : line(row).join('  ')).trimEnd()).join('\n');
}

export function formatSpread(spread: Spread | undefined): string {
  if (spread === undefined) return '-';
  const [middle, low, high] = spread.map((value) => value.toFixed(2));
  return `${middle} (${low}-${high})`;
}
