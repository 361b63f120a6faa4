import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Writes a set of so many pictures: those of the source, and copies of them under other names. Nothing where it is there. */
export async function writeSet(source: string, target: string, records: number): Promise<void> {
  if (existsSync(target)) return;
  const files = ['train', 'val', 'test'].flatMap((part) =>
    ['NORMAL', 'PNEUMONIA'].flatMap((label) =>
      readdirSync(path.join(source, part, label)).map((name) => path.join(part, label, name)),
    ),
  );
  for (let i = 0; i < records; i++) {
    const [file, copy] = [files[i % files.length]!, Math.floor(i / files.length)];
    const { dir, name, ext } = path.parse(file);
    mkdirSync(path.join(target, dir), { recursive: true });
    const to = copy === 0 ? file : path.join(dir, `${name}-copy${copy}${ext}`);
    copyFileSync(path.join(source, file), path.join(target, to));
  }
}
