/** Stands in for a library that the decoders name and that decoding a frame does not use: 700 kB of reading and writing DICOM. */
export const data = {};
export const log = {};
