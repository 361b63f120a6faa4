/** Value representations with a length of 32 bits. Source: DICOM PS3.5 2025, 7.1.2. */
const long = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));

/** All value representations. Source: DICOM PS3.5 2025, table 6.2-1. */
export const valueRepresentations: ReadonlySet<string> = new Set([
  ...long,
  ...'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' '),
]);

/** True where an explicit element keeps two bytes free and has a length of four bytes. */
export function readsLongLength(representation: string): boolean {
  return long.has(representation);
}
