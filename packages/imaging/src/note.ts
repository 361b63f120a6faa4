/** The kind of fault despite which a picture was read. */
export type NoteKind =
  | 'bit-depth'
  | 'decoder'
  | 'encoding'
  | 'gray-levels'
  | 'no-header'
  | 'polarity'
  | 'structure'
  | 'table'
  | 'window';

/** Something about a file that its owner should know, though the picture could be read. */
export interface ImageNote {
  readonly kind: NoteKind;
  /** The predicate of a sentence that starts with the file's name. */
  readonly text: string;
}

/** A note and the file it is about. */
export interface FileNote extends ImageNote {
  readonly file: string;
}

/** Collects notes while a file is read; the same one is kept once. */
export class Notes {
  private readonly found = new Map<string, ImageNote>();

  add(kind: NoteKind, text: string): void {
    this.found.set(`${kind} ${text}`, { kind, text });
  }

  get all(): readonly ImageNote[] {
    return [...this.found.values()];
  }
}
