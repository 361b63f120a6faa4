import type { NetworksBeside, ReaderProtocol } from '@chromaray/contracts';
import type { Correction, MissingRule, MrmcMethod, Scale } from '@chromaray/evidence';

/** What is asked of readings, and how it is to be answered. */
export interface ReaderQuestion {
  readonly study: string;
  /** What readers look for; null where nobody named it. */
  readonly finding: string | null;
  readonly control: string;
  readonly method: MrmcMethod;
  /** Smaller differences matter to nobody; declared before reading. */
  readonly margin: number;
  readonly alpha: number;
  readonly correction: Exclude<Correction, 'benjamini-hochberg'>;
  readonly missing: MissingRule;
  /** Ratings that readers could give; not checked where it is null. */
  readonly scale: Scale | null;
  /** A rating of at least this counts as a call of "positive" where readers gave none; null where nobody declared it. */
  readonly cut: number | null;
}

/** What else an analysis tells, where it is known. */
export interface ReaderSurroundings {
  readonly protocol?: ReaderProtocol;
  readonly networks?: NetworksBeside;
  readonly versions: Readonly<Record<string, string>>;
}
