/**
 * Name patterns: `*` stands for any run of characters, also across `/` and `.`, and `?` for one. Everything else is
 * itself, upper and lower case included.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(name);
}
