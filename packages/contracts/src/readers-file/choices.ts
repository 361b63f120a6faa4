// The enumerations of a reader-study file: types, schema and help texts come from here.

/** Every reader reads every case in every arm; or blocks do; or gray and colour follow each other on the same case. */
export const readerDesigns = ['crossed', 'split-plot', 'sequential'] as const;

/** Whether results are to hold for other readers (or cases) of the same kind, or for these alone. */
export const readerMethods = ['random', 'fixed'] as const;
