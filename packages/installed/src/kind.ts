import type { z } from 'zod';
import type { InstallArea } from './fault.js';

/** What is written beside an installed file: what the file is, and which hash it must have. */
export interface Description {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Where the file came from: an address or a path. */
  readonly origin: string;
  readonly licence: string | null;
}

/** How messages speak of a kind of files. */
export interface KindWords {
  readonly area: InstallArea;
  /** In sentences, with its article: "a colorizer", "weights". */
  readonly noun: string;
  /** The folder in `CHROMARAY_HOME`. */
  readonly folder: string;
  /** The file in `add <file>`, as the command's help shows it. */
  readonly fileArgument: string;
}

/** A kind of files that are installed under names, in one folder of the machine for all studies. */
export interface InstallKind<D extends Description> extends KindWords {
  readonly schema: z.ZodType<D>;
  /** How the name of the file ends, dot included. */
  readonly extension: (description: D) => string;
}

export type Installed<D extends Description> = D & {
  /** Where it lies. */
  readonly file: string;
};
