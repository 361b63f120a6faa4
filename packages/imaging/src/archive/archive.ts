/** A file that holds files, read in place: nothing is unpacked to disk, and one file at a time to memory. */
export interface Archive {
  /** Absolute path of the archive. */
  readonly file: string;
  /** When the archive was last changed, in milliseconds. */
  readonly mtimeMs: number;
  /** Every file in it, by its path inside, `/` between folders. */
  readonly files: ReadonlyMap<string, ArchivedFile>;
  /** Folders with an entry of their own; others follow from the files' paths. */
  readonly folders: readonly string[];
  /**
   * A whole file.
   *
   * @throws ChromarayError when it cannot be read or is larger than `maxBytes`
   */
  read(path: string, maxBytes: number): Promise<Uint8Array>;
  /** The first bytes of a file, fewer where it is shorter; none where it cannot be read. */
  head(path: string, length: number): Promise<Uint8Array>;
  close(): void;
}

export interface ArchivedFile {
  /** Bytes, as the archive declares them. */
  readonly bytes: number;
}
