import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { expect, it } from 'vitest';
import { Maps } from './maps.js';

it('a map is worked out once, until its model is another; the oldest make room', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'chromaray-maps-'));
  const file = path.join(root, 'net.onnx');
  const asked: string[] = [];
  const maps = new Maps({
    ask: (async (_: string, { record }: { record: string }) => {
      asked.push(record);
      return { header: { width: 1, height: 1, bits: 8, channels: 1 }, data: new Uint8Array(1) };
    }) as never,
  });
  const place = { study: 's', studies: root, folder: { root, model: () => file } as unknown as StudyFolder };
  const of = (record: string) => maps.of(place, { arm: 'gray', seed: 1, record }, new AbortController().signal);
  try {
    writeFileSync(file, 'one');
    await of('a');
    await of('a');
    expect(asked).toEqual(['a']);
    writeFileSync(file, 'another');
    await of('a');
    expect(asked).toEqual(['a', 'a']);
    for (let i = 0; i < 500; i++) await of(`r${i}`);
    await of('r499');
    expect(asked).toHaveLength(502);
    await of('a');
    expect(asked).toHaveLength(503);
  } finally {
    rmSync(root, { recursive: true });
  }
});
