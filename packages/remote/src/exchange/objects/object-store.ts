/**
 * The few things that a folder, a web server and an S3-like store can all do. What they mean together stands in
 * `exchange-over-objects.ts`, once. Keys are those of `keys.ts`, so that no name leads elsewhere.
 *
 * Errors: `CHROMARAY_EXCHANGE_UNREACHABLE` and `CHROMARAY_EXCHANGE_FULL` may pass and are tried again above;
 * others do not.
 */
export interface ObjectStore {
  readonly address: string;
  /** One try to reach it, and to write. */
  check(signal: AbortSignal): Promise<void>;
  /** An object's bytes from `from` on; null where there is none. */
  open(key: string, from: number, signal: AbortSignal): Promise<OpenedObject | null>;
  /**
   * Writes an object, which is there whole or not at all, and only if its bytes are those that the content states.
   *
   * @param how `once`: only where there is none. Of several that write at once, one wins
   * @returns false where there was one and `how` is `once`
   * @throws `CHROMARAY_EXCHANGE_DAMAGED` when the bytes are others
   */
  write(key: string, content: Content, how: 'once' | 'replace', signal: AbortSignal): Promise<boolean>;
  /** Objects directly under a folder of keys, in the order of their names. */
  list(folder: string, signal: AbortSignal): Promise<readonly ListedObject[]>;
  /** Removes an object; nothing where there is none. */
  remove(key: string, signal: AbortSignal): Promise<void>;
}

export interface OpenedObject {
  /** Of the whole object. */
  readonly size: number;
  /** To be read to the end, or left by {@link discard}. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Closes what was opened where its bytes are not wanted. */
  discard(): void;
}

export interface ListedObject {
  readonly name: string;
  readonly bytes: number;
  /** Seconds since it was written, both by the clock of the store. */
  readonly ageSeconds: number;
}

/** What is written: it can be read again for a second try. */
export interface Content {
  readonly bytes: number;
  readonly sha256: string;
  /** Bytes `from` (included) to `to` (not included). */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}
