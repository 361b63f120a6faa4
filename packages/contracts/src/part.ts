/** The three parts of a split. Only `train` is learned from; thresholds and model choice see `validation` only. */
export type Part = (typeof parts)[number];

/** All parts, in the order in which they are used and printed. */
export const parts = ['train', 'validation', 'test'] as const;
