import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReaderHappening } from '@chromaray/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../sqlite/connection.js';
import { openReadings, readReadings } from './readings.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-readings-'));
  file = path.join(folder, 'readings.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = '2026-01-01T10:00:00.000Z';
const shown = (item: string): ReaderHappening => ({ kind: 'shown', item });
const event = (id: string, item = id) => ({ id, at, reader: 'R1', happening: shown(item) });

describe('readings', () => {
  it('are kept in order, and read again', () => {
    const readings = openReadings(file);
    readings.add(event('b'));
    readings.add({ ...event('a'), at: '2025-01-01T00:00:00.000Z' });
    readings.close();
    expect(readReadings(file).map(({ seq, id }) => [seq, id])).toEqual([
      [1, 'b'],
      [2, 'a'],
    ]);
  });

  it('an event sent twice is one, with the time of the first', () => {
    const readings = openReadings(file);
    const first = readings.add(event('a'));
    expect(readings.add({ ...event('a'), at: '2026-02-02T00:00:00.000Z' })).toEqual(first);
    readings.close();
    const again = openReadings(file);
    expect(again.add(event('a'))).toEqual(first);
    expect(again.events()).toHaveLength(1);
    again.close();
  });

  it('another event under the same number is refused', () => {
    const readings = openReadings(file);
    readings.add(event('a'));
    expect(() => readings.add(event('a', 'other'))).toThrow(/with another content/);
    expect(() => readings.add({ ...event('a'), reader: 'R2' })).toThrow(/with another content/);
    expect(readings.events()).toHaveLength(1);
    readings.close();
  });

  it('are never changed nor removed, by SQLite itself', () => {
    const readings = openReadings(file);
    readings.add(event('a'));
    readings.close();
    const connection = new Connection(file);
    expect(() => connection.execute("UPDATE events SET content = '{}'")).toThrow(/never changed/);
    expect(() => connection.execute('DELETE FROM events')).toThrow(/never removed/);
    connection.close();
    expect(readReadings(file)).toHaveLength(1);
  });

  it('a file that is none is refused', () => {
    writeFileSync(file, 'no database, but long enough to be taken for one'.repeat(100));
    expect(() => openReadings(file)).toThrow(expect.objectContaining({ code: 'CHROMARAY_STORE_UNREADABLE' }));
  });
});
