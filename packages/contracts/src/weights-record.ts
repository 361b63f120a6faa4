/** What a study remembers of its weights: enough to find out whether they are the same, without a path. */
export interface WeightsRecord {
  readonly file: string;
  readonly sha256: string;
  /** As the file's own metadata has it; null when it has none. */
  readonly licence: string | null;
}
