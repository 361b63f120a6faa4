import { median, type Run } from './measurement.js';

export interface Result {
  readonly contender: string;
  readonly version: string;
  readonly imagesPerSecond: number;
  /** Images a second by round. */
  readonly rounds: readonly number[];
  /** Speed over that of the reference in the same round: median, lowest and highest. */
  readonly ratio: readonly [median: number, low: number, high: number] | undefined;
  readonly peakBytes: number;
  readonly secondsToFirstStep: number;
}

/**
 * Sums rounds up. Ratios are taken within a round, where both ran one after the other, because a shared
 * machine changes its speed from minute to minute.
 */
export function summarise(
  runs: ReadonlyMap<string, readonly Run[]>,
  batch: number,
  reference: string | undefined,
): readonly Result[] {
  const base = reference === undefined ? undefined : runs.get(reference);
  return [...runs].map(([contender, own]) => {
    const ratios = base?.map((run, round) => run.secondsPerStep / own[round]!.secondsPerStep);
    const rounds = own.map((run) => batch / run.secondsPerStep);
    return {
      contender,
      version: own[0]!.version,
      imagesPerSecond: median(rounds),
      rounds,
      ratio: ratios === undefined ? undefined : [median(ratios), Math.min(...ratios), Math.max(...ratios)],
      peakBytes: median(own.map((run) => run.peakBytes)),
      secondsToFirstStep: median(own.map((run) => run.secondsToFirstStep)),
    };
  });
}

/** The results of one network as aligned text. */
export function formatTable(results: readonly Result[], reference: string | undefined): string {
  const heading = [
    '',
    'images/s',
    reference === undefined ? 'ratio' : `of ${reference}`,
    'peak MB',
    'first step s',
    '',
  ];
  const rows = results.map((result) => [
    result.contender,
    result.imagesPerSecond.toFixed(1),
    result.ratio === undefined
      ? '-'
      : `${result.ratio[0].toFixed(2)} (${result.ratio[1].toFixed(2)}-${result.ratio[2].toFixed(2)})`,
    (result.peakBytes / 1e6).toFixed(0),
    result.secondsToFirstStep.toFixed(1),
    result.version,
  ]);
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 || i === row.length - 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
  return all.map((row) => line(row).join('  ').trimEnd()).join('\n');
}
