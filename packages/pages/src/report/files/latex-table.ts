import { Measured, type PlainTable } from '../sections/table.js';

/** A table for LaTeX with the package booktabs; to be included with `\input`. */
export function latexTable({ name, caption, columns, rows }: PlainTable): string {
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return `% \\usepackage{booktabs}
\\begin{table}
\\centering
\\caption{${latex(caption)}}
\\label{tab:${name}}
\\begin{tabular}{${columns.map(({ number }) => (number ? 'r' : 'l')).join('')}}
\\toprule
${line(columns.map(({ head }) => latex(head)))}
\\midrule
${rows.map((row) => line(row.map(latexCell))).join('\n')}
\\bottomrule
\\end{tabular}
\\end{table}
`;
}

function latexCell(cell: string | Measured): string {
  if (!(cell instanceof Measured)) return latex(cell);
  const { spread = null, interval = null, note = null } = cell.more;
  const brackets = [interval, note].flatMap((text) => text ?? []).join('; ');
  const value = spread === null ? cell.value : `${cell.value} \u00b1 ${spread}`;
  return latex(brackets === '' ? value : `${value} (${brackets})`);
}

const characters: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '\u2212': '$-$',
  '\u00b1': '$\\pm$',
  '\u00d7': '$\\times$',
  '\u2013': '--',
  '\u00a0': '~',
};

/** Text that LaTeX sets as it is. */
export function latex(text: string): string {
  return text.replace(
    /[\\{}&%$#_~^<>|\u2212\u00b1\u00d7\u2013\u00a0]/g,
    (character) => characters[character] ?? character,
  );
}
