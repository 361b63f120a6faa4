/** One figure that stands alone: a picture, what it shows, and the words for those who do not see it. */
export interface Figure {
  /** Unique within a report; letters, digits, `-` and `_`: names the exported file. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** What it shows, in sentences, for a reader who cannot see it. */
  readonly description: string;
  /** A complete `<svg>` element, with title and description inside, that draws the same anywhere. */
  readonly svg: string;
}

/** Figures drawn alike, with the words that stand once for all of them. */
export interface FigureGroup {
  /** What is shown, in one sentence. */
  readonly caption: string;
  /** Explains every line, mark and shade, so that it can be read without the report around it; folded on the page. */
  readonly marks?: string;
  readonly figures: readonly Figure[];
}
