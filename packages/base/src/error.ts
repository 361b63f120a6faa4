/** The content of an error: what is wrong, and what to do about it. */
export interface ErrorOptions {
  /** Stable, machine-readable: `CHROMARAY_<ROOM>_<WHAT>`, for example `CHROMARAY_DATASET_EMPTY`. */
  readonly code: `CHROMARAY_${string}`;
  /** One sentence: names the file or field, what was found and what was expected. */
  readonly message: string;
  /** One sentence in the imperative: what the user can do now. */
  readonly remedy: string;
  /** The error underneath, when there is one. */
  readonly cause?: unknown;
  /** Plain data for `--json` readers. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What marks an error as one of ours in every copy of this module: published packages hold a copy each. */
const brand = Symbol.for('chromaray.error');

/**
 * An error a user can act on. The command line prints its message and remedy without a stack trace;
 * everything else that is thrown counts as a defect of the program and keeps its stack.
 */
export class ChromarayError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, unknown>>;

  /** `instanceof` holds for an error of any copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isChromarayError(value);
  }

  constructor(options: ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ChromarayError';
    this.code = options.code;
    this.remedy = options.remedy;
    this.details = options.details ?? {};
  }

  /** The form in which an error crosses a process boundary or is printed by `--json`. */
  toJSON(): SerializedError {
    return { name: this.name, code: this.code, message: this.message, remedy: this.remedy, details: this.details };
  }
}

Object.defineProperty(ChromarayError.prototype, brand, { value: true });

export interface SerializedError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Rebuilds an error that a child process or worker has sent as JSON. */
export function deserializeError(error: SerializedError): ChromarayError {
  const rebuilt = new ChromarayError({
    code: error.code as `CHROMARAY_${string}`,
    message: error.message,
    remedy: error.remedy,
    details: error.details,
  });
  rebuilt.name = error.name;
  return rebuilt;
}

/** True for an error meant for the user, also when it comes from another copy of this module. */
export function isChromarayError(error: unknown): error is ChromarayError {
  return error instanceof Error && (error as { readonly [brand]?: unknown })[brand] === true;
}
