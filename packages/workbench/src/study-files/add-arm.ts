import type { ColourSpec } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLSeq } from 'yaml';
import { armLine } from './arm-line.js';

/**
 * The text of a study file with one more arm after its last. Everything else stays as its author wrote it, comments and
 * spaces too: the arm is inserted into the text.
 *
 * @param file for errors
 * @returns the text, and the line of the arm, from 1
 * @throws ChromarayError `CHROMARAY_STUDY_FILE_DUPLICATE` for a name that an arm has; `CHROMARAY_STUDY_FILE_ARMS` where the file has no list of arms
 */
export function addArm(text: string, file: string, name: string, colour: ColourSpec): { text: string; line: number } {
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  const arms = document.get('arms');
  if (document.errors.length > 0 || !isSeq(arms) || arms.items.length === 0) throw noArms(file);
  const names = arms.items.map((item) => (isMap(item) ? String(item.get('name')) : ''));
  if (names.some((known) => known.toLowerCase() === name.toLowerCase())) throw exists(file, name);
  const at = placeAfterLast(text, arms, file);
  const added = arms.flow
    ? `, ${armLine(name, colour)}`
    : `${newline(text)}${indentation(text, arms)}- ${armLine(name, colour)}`;
  const line = text.slice(0, at).split('\n').length + (arms.flow ? 0 : 1);
  return { text: text.slice(0, at) + added + text.slice(at), line };
}

/** Where the last arm's value ends, and in a block the line on which it does: a comment behind it stays its own. */
function placeAfterLast(text: string, arms: YAMLSeq, file: string): number {
  const last = arms.items.at(-1);
  const end = endOf(last);
  if (end === undefined) throw noArms(file);
  if (arms.flow) return end;
  const line = text.indexOf('\n', end);
  const stop = line < 0 ? text.length : line;
  return text[stop - 1] === '\r' ? stop - 1 : stop;
}

/** Where the last thing written of a value ends, without the spaces and comments that a parser counts to it. */
function endOf(node: unknown): number | undefined {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    const inner = isMap(node) ? (last as { value?: unknown; key?: unknown } | undefined) : undefined;
    return endOf(inner === undefined ? last : (inner.value ?? inner.key));
  }
  if (isMap(node) || isSeq(node) || isScalar(node)) return node.range?.[1];
  return undefined;
}

function indentation(text: string, arms: YAMLSeq): string {
  const first = (arms.items[0] as { range?: readonly number[] | null }).range![0]!;
  const start = text.lastIndexOf('\n', first) + 1;
  return /^[ ]*/.exec(text.slice(start))![0];
}

function newline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function noArms(file: string) {
  return codedError('CHROMARAY_STUDY_FILE_ARMS', {
    message: `${file} has no list of arms that one could be added to.`,
    remedy: 'Write its arms first, one of them a control, or copy the line by hand.',
    details: { file },
  });
}

function exists(file: string, name: string) {
  return codedError('CHROMARAY_STUDY_FILE_DUPLICATE', {
    message: `${file} already has an arm named ${JSON.stringify(name)}.`,
    remedy: 'Give the new arm another name.',
    details: { file, name },
  });
}
