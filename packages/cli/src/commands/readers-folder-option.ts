/** Where reader studies live; the same for every command that reads or writes one. */
export const readerStudiesOption = ['--studies <dir>', 'folder that holds reader studies', 'reader-studies'] as const;
