// What the reading page and its server say to each other. Nothing here names a case, its truth, an arm or another reader.

/** Where the reader is, and all that the page shows. */
export interface PageState {
  /** `display`: the screen is checked first. */
  readonly phase: 'display' | 'training' | 'reading' | 'waiting' | 'finished';
  /** From 1. */
  readonly session: number;
  readonly sessions: number;
  /** Pictures of this session, or of the training, that are done, and that there are. */
  readonly done: number;
  readonly total: number;
  /** The picture to be read now. */
  readonly picture: string | null;
  /** The picture after it, to be loaded in advance. */
  readonly next: string | null;
  /** The last finished picture, where it may be opened again. */
  readonly previous: FormerAnswer | null;
  /** The same X-ray as just before, shown another way: the answer that was given to it. */
  readonly secondLook: FormerAnswer | null;
  /** Waiting: when the session opens, ISO 8601. */
  readonly opens: string | null;
  readonly scale: PageScale;
  readonly smallestWindow: { readonly width: number; readonly height: number };
}

export interface FormerAnswer {
  readonly picture: string;
  readonly rating: number;
  readonly call: boolean | null;
}

export interface PageScale {
  readonly finding: string;
  /** At 0, 50 and 100. */
  readonly anchors: readonly [string, string, string];
  readonly call: boolean;
}

/** The answer to an answer: where the reader is now, and in training whether the finding was there. */
export interface Answered {
  readonly state: PageState;
  readonly present: boolean | null;
}
