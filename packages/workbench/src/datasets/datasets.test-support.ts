import { mkdirSync, writeFileSync } from 'node:fs';
import { encodePng } from '@chromaray/imaging';
import { expect, vi } from 'vitest';
import type { TestWorkbench } from '../workbench.test-support.js';
import type { RecordRow } from './dataset-order.js';
import type { DatasetState } from './open-dataset.js';

/** What the interface answers to a question for records. */
export interface RecordsPage {
  readonly total: number;
  readonly records: readonly RecordRow[];
}

/** Opens a data set and waits until it is read, drawn and audited. */
export async function opened(test: TestWorkbench, body: object): Promise<DatasetState> {
  const { id } = await test.post<DatasetState>('/datasets/open', body);
  const state = () => test.get<DatasetState>(`/datasets/${id}`);
  // Also while tests are set up, where `expect.poll` cannot be used.
  await vi.waitFor(async () => expect((await state()).progress).toBeNull(), { timeout: 300_000, interval: 100 });
  return state();
}

/** Writes the data set `planted`, in which there is something to find. */
export function writePlanted(test: TestWorkbench): Promise<void> {
  return test.tiny.writeData('planted', {
    ...{ duplicatesAcrossParts: 2, reencodedDuplicatesAcrossParts: 2, mislabelledDuplicates: 1, unreadableFiles: 2 },
  });
}

/** The address of the page Data of a workbench. */
export const dataAddress = ({ server }: TestWorkbench, query: string): string =>
  `${server.origin}/data?token=${server.token}&${query}`;

/** Waits for what a page will say: machines of tests are busy. */
export const soon = <What>(what: () => What) => expect.poll(what, { timeout: 60_000 });

/** Names that a page must show and not obey. */
export const hostile = [
  '<img src=x onerror=alert(1)>.png',
  '"><script>alert(1)<-script>.png',
  "a'b&c;d%2e%2e%2f.png",
  'line\nbreak.png',
  '\u202egnp.exe.png',
  '\u001b[31mred.png',
  `${'x'.repeat(251)}.png`,
  '=cmd|calc.png',
];

/** Writes the data set `hostile`: two pictures of each hostile name, and a picture bomb. */
export async function writeHostile({ tiny }: TestWorkbench): Promise<void> {
  for (const [i, label] of ['NORMAL', 'PNEUMONIA'].entries()) {
    mkdirSync(tiny.path('hostile', label), { recursive: true });
    for (const [j, name] of hostile.entries()) {
      const data = Uint8Array.from({ length: 40 * 40 }, (_, at) => (at * (3 + j) + 97 * i) % 251);
      writeFileSync(tiny.path('hostile', label, name), await encodePng({ width: 40, height: 40, channels: 1, data }));
    }
  }
  writeFileSync(tiny.path('hostile', 'NORMAL', 'bomb.png'), bomb(await encodePng(dot)));
}

const dot = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) } as const;

/** A picture that says it has 60,000 by 60,000 pixels. */
function bomb(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}
