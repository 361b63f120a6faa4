/** What became of one exported file. */
export interface ExportedRow {
  readonly network: string;
  readonly exporter: string;
  readonly opset: number;
  /** Numbers that PyTorch trains. */
  readonly parameters: number;
  readonly trained?: { readonly numbers: number; readonly untrained: number };
  /** By backend: the largest difference of a loss from PyTorch's, as a share of it. */
  readonly distances?: Readonly<Record<string, number>>;
  /** Code and message where the import refuses the file. */
  readonly refusal?: string;
}

/** A table in Markdown, one line a file. */
export function exportedTable(rows: readonly ExportedRow[]): string {
  const backends = [...new Set(rows.flatMap(({ distances }) => Object.keys(distances ?? {})))];
  const head = ['network', 'exporter', 'numbers trained, of PyTorch’s', ...backends];
  return [head, head.map(() => '---'), ...rows.map((row) => cells(row, backends))]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');
}

function cells(
  { network, exporter, opset, parameters, trained, distances, refusal }: ExportedRow,
  backends: readonly string[],
) {
  const start = [network, `${exporter}, ${opset}`];
  if (refusal !== undefined) return [...start, refusal, ...backends.map(() => '–')];
  const { numbers, untrained } = trained!;
  const share = numbers === parameters ? 'all' : `${number(numbers)} of ${number(parameters)}`;
  const constants = untrained === 0 ? '' : `; ${untrained} constants stay`;
  return [
    ...start,
    `${share}${numbers === parameters ? ` ${number(parameters)}` : ''}${constants}`,
    ...backends.map((name) => distances?.[name]?.toExponential(0) ?? '–'),
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');
