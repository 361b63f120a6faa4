/** The three parts of a split. Only `train` is learned from; thresholds and model choice see `validation` only. */
export type Part = 'train' | 'validation' | 'test';

/** All parts, in the order in which they are used and printed. */
export const parts: readonly Part[] = ['train', 'validation', 'test'];
