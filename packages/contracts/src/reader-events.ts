import { z } from 'zod';

// What happens in a reader study, as it is stored: one schema an event, from which the types come.

const whole = z.number().int().min(0);
const real = z.number();

/** The window's place on the screen, in CSS pixels, and the display's scaling. */
export const screenFacts = z.strictObject({
  screenWidth: whole.max(100_000),
  screenHeight: whole.max(100_000),
  windowWidth: whole.max(100_000),
  windowHeight: whole.max(100_000),
  /** Device pixels a CSS pixel. */
  pixelRatio: real.gt(0).max(100),
});

/** How the picture was looked at when the answer was given. */
export const viewFacts = z.strictObject({
  /** Gray level in the middle of the window, and levels across it. */
  windowCentre: real.min(-1000).max(2000),
  windowWidth: real.gt(0).max(4000),
  /** Screen pixels a pixel of the picture. */
  zoom: real.gt(0).max(1000),
  inverted: z.boolean(),
});

/** Where in the picture, from 0 to 1 from the left and from the top. */
const place = z.tuple([real.min(0).max(1), real.min(0).max(1)]);

/** An answer as the page sends it. */
export const givenAnswer = z.strictObject({
  /** Confidence that the finding is present, on the scale from 0 to 100. */
  rating: real.min(0).max(100),
  /** Yes or no; null where it is not asked for. */
  call: z.boolean().nullable(),
  /** Where the finding is; null where the reader marked nothing. */
  location: place.nullable(),
  /** Time on the picture, pauses left out, to 100 ms. */
  milliseconds: whole.max(86_400_000).multipleOf(100),
  view: viewFacts,
  screen: screenFacts,
});

export const displayCheck = z.strictObject({
  /** The reader found the faint patch in the dark, and in the bright field. */
  darkSeen: z.boolean(),
  brightSeen: z.boolean(),
  /** Answers that were given until then. */
  attempts: whole.max(1000),
  screen: screenFacts,
});

/** What is known of an event besides its number, time and reader. */
export const readerHappening = z.discriminatedUnion('kind', [
  /** A window takes the reader's list. */
  z.strictObject({
    kind: z.literal('seat'),
    seat: z.string(),
    /** From another window, which was still open. */
    tookOver: z.boolean(),
    /** The same window before it was loaded again. */
    continues: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('left'), seat: z.string() }),
  z.strictObject({ kind: z.literal('display'), seat: z.string(), ...displayCheck.shape }),
  /** A picture is on the screen. */
  z.strictObject({ kind: z.literal('shown'), item: z.string() }),
  z.strictObject({
    kind: z.literal('reading'),
    /** Names the place in the reader's list. */
    item: z.string(),
    case: z.string(),
    arm: z.string(),
    training: z.boolean(),
    /** From 1. */
    session: whole,
    /** From 1, within the session. */
    position: whole,
    corrects: z.boolean(),
    ...givenAnswer.shape,
  }),
  z.strictObject({ kind: z.literal('pause'), item: z.string().nullable() }),
  z.strictObject({ kind: z.literal('resume'), item: z.string().nullable() }),
  /** A picture that could not be read was passed over. */
  z.strictObject({
    kind: z.literal('skipped'),
    item: z.string(),
    case: z.string(),
    arm: z.string(),
    session: whole,
    why: z.string(),
  }),
  /** The researcher lets a reader begin a session before its time. */
  z.strictObject({ kind: z.literal('override'), session: whole, reason: z.string() }),
]);

export type ScreenFacts = Readonly<z.infer<typeof screenFacts>>;
export type ReaderHappening = Readonly<z.infer<typeof readerHappening>>;
export type ReadingEvent = ReaderEvent & Extract<ReaderHappening, { kind: 'reading' }>;

/** An event of a reader study. The order is that of the numbers, whatever a clock said. */
export type ReaderEvent = ReaderHappening & {
  readonly seq: number;
  /** Made by whoever sent it: the same event sent twice is one. */
  readonly id: string;
  /** ISO 8601, UTC, by the server's clock. */
  readonly at: string;
  readonly reader: string;
};
