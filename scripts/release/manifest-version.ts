/**
 * The text of a `package.json` at another version. Packages of this repository depend on one another at exactly that
 * version: they are released together.
 *
 * @param names of all packages of this repository
 * @throws Error when the version is none, or not newer than the one it replaces
 */
export function atVersion(text: string, version: string, names: readonly string[]): string {
  const manifest = JSON.parse(text) as Record<string, unknown>;
  const current = manifest.version as string;
  if (!isNewer(version, current)) throw new Error(`${version} is not newer than ${current}.`);
  const pinned = (dependencies: unknown): unknown =>
    Object.fromEntries(
      Object.entries(dependencies as Record<string, string>).map(([name, range]) => [
        name,
        names.includes(name) ? version : range,
      ]),
    );
  const changed = Object.entries(manifest).map(([key, value]) => {
    if (key === 'version') return [key, version];
    return [key, /^(dev|optional|peer)?dependencies$/i.test(key) ? pinned(value) : value];
  });
  return `${JSON.stringify(Object.fromEntries(changed), null, 2)}\n`;
}

/** Semantic versions without build metadata; a pre-release is older than its release. */
function isNewer(version: string, current: string): boolean {
  const pattern = /^(\d+)\.(\d+)\.(\d+)(?:-([\w.]+))?$/;
  const [a, b] = [pattern.exec(version), pattern.exec(current)];
  if (a === null || b === null) throw new Error(`"${version}" is not a version such as 1.2.3 or 1.2.3-beta.1.`);
  for (const part of [1, 2, 3]) {
    const difference = Number(a[part]) - Number(b[part]);
    if (difference !== 0) return difference > 0;
  }
  if (a[4] === undefined || b[4] === undefined) return a[4] === undefined && b[4] !== undefined;
  return a[4].localeCompare(b[4], 'en', { numeric: true }) > 0;
}
