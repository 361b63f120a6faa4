import path from 'node:path';

/** A study's name from that of its file, with whatever a name may not contain replaced. */
export function studyNameOf(file: string): string {
  const name = path
    .basename(file)
    .replace(/\.ya?ml$/i, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 64);
  return name === '' ? 'study' : name;
}
