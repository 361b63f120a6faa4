/**
 * What two names of classes have in common that mean the same to a reader: neither case nor blanks, hyphens, underscores,
 * dots, marks or the width of letters count.
 */
export function plainClassName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .replace(/[\s_.-]+/g, '')
    .toLowerCase();
}

/** Two different entries of a list that mean the same; null where there are none. */
export function classNamesAlike(names: readonly string[]): readonly [string, string] | null {
  const plain = names.map(plainClassName);
  const second = plain.findIndex((name, i) => plain.indexOf(name) < i);
  return second === -1 ? null : [names[plain.indexOf(plain[second]!)]!, names[second]!];
}
