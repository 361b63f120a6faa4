const heading = '## Unreleased';

/**
 * The changelog with what is unreleased under the heading of a version, and room for what comes after it.
 *
 * @param date as 2026-01-31
 * @throws Error when nothing is unreleased, or the version is there already
 */
export function released(changelog: string, version: string, date: string): string {
  if (changelog.includes(`## ${version} `)) throw new Error(`CHANGELOG.md has a version ${version} already.`);
  const [before, after] = changelog.split(`${heading}\n`) as [string, string | undefined];
  const changes = after?.split(/^## /m)[0]?.trim() ?? '';
  if (changes === '') throw new Error(`Nothing stands under "${heading}" in CHANGELOG.md.`);
  return `${before}${heading}\n\n## ${version} (${date})\n${after}`;
}
