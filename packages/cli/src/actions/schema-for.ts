import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageFile } from '@chromaray/base';

/**
 * A schema of this package as a file names it for editors: by a path from there, or by a URL where a path would hold
 * spaces, which end the name, or lead to another drive.
 */
export function schemaFor(file: string, name: string): string {
  const schema = packageFile(import.meta.url, name);
  const relative = path
    .relative(path.dirname(path.resolve(file)), schema)
    .split(path.sep)
    .join('/');
  if (/\s/.test(relative) || path.isAbsolute(relative)) return pathToFileURL(schema).href;
  return relative.startsWith('.') ? relative : `./${relative}`;
}
