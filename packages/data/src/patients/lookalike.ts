import { withoutMarks } from './missing.js';

/** Letters of other scripts that look like Latin ones, as keyboards and copied text bring them in (Unicode UTS 39, the commonest). */
const lookalikes = 'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsαaβbεeζzηhιiκkμmνnοoρpτtυyχx';
const latin = new Map(
  Array.from({ length: lookalikes.length / 2 }, (_, i) => [lookalikes[2 * i]!, lookalikes[2 * i + 1]!]),
);

/**
 * What identifiers that look alike have in common: `7`, `7.0`, `007`, `+7` and ` 7`, and `'7`, by which spreadsheets tell text
 * from numbers; `1000` and `1E+03`, as they write long ones; `p1`, `P1` and `p01`; full-width and Cyrillic forms. Two patients whose identifiers agree in this are probably one, written down in two ways.
 */
export function commonForm(identifier: string): string {
  return [...withoutMarks(identifier).toLowerCase()]
    .map((letter) => latin.get(letter) ?? letter)
    .join('')
    .trim()
    .replace(/^["'`´‘’“”]+|["'`´‘’“”]+$/g, '')
    .replace(/^\+(?=\d)/, '')
    .replace(/^\d(?:[.,]\d+)?e\+?(?:0?\d|1[0-5])$/, (number) => String(Math.round(Number(number.replace(',', '.')))))
    .replace(/^(\d+)[.,]0+$/, '$1')
    .replace(/[\s_./-]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(/(?<=\D)-|-(?=\D)/g, '')
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
}
