/** Sizes of paper that a report is laid out for. */
export const papers = ['a4', 'letter'] as const;
export type Paper = (typeof papers)[number];
