import { count } from '@chromaray/base';

/** A fault of a file that could be read all the same. */
export interface ShownNote {
  readonly kind: string;
  /** The predicate of a sentence that starts with the file's name. */
  readonly text: string;
  /** The file, as its reader knows it. */
  readonly name: string;
}

/** One line for each kind of fault, with the first file that has it and how many others do. */
export function noteLines(notes: readonly ShownNote[]): readonly string[] {
  const kinds = new Map<string, ShownNote[]>();
  for (const note of notes) {
    const known = kinds.get(note.kind);
    if (known === undefined) kinds.set(note.kind, [note]);
    else known.push(note);
  }
  return [...kinds.values()].map(([first, ...others]) => {
    const more = others.length === 0 ? '' : ` (and ${count(others.length)} more)`;
    return `${first!.name} ${first!.text}${more}`;
  });
}

/** The same below a heading, for commands that list files; nothing where there is no note. */
export function noteSection(notes: readonly { readonly file: string; readonly kind: string; readonly text: string }[]) {
  const lines = noteLines(notes.map(({ file, ...note }) => ({ name: file, ...note })));
  return lines.length === 0 ? [] : ['Read despite faults:', ...lines.map((line) => `  ${line}`), ''];
}
