import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Packs a staged package and says how large it is. */
export function pack(folder: string, destination: string): { readonly file: string; readonly summary: string } {
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', destination], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32',
  });
  const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(printed) as [PackedPackage];
  return {
    file: path.join(destination, filename),
    summary: `${entryCount} files, ${megabytes(size)} MB packed, ${megabytes(unpackedSize)} MB unpacked`,
  };
}

interface PackedPackage {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly entryCount: number;
}

/** In millions of bytes, as npm counts. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
