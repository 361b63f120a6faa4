import type { Progressed, StudyHappening } from '@chromaray/contracts';
import { memoryStore } from '@chromaray/store';
import { describe, expect, it } from 'vitest';
import { recordEvents } from './record-events.js';

const progress = (done: number, phase: Progressed['phase'] = 'training'): Progressed => ({
  ...{ kind: 'progress', phase, done, total: 100, unit: 'steps' },
});

describe('recordEvents', () => {
  it('keeps progress once a second for each phase, its end always, and passes all of it on', () => {
    const store = memoryStore('tiny');
    const seen: StudyHappening[] = [];
    const kept: StudyHappening[] = [];
    let time = 0;
    const addEvent = (event: StudyHappening) => {
      kept.push(event);
      return store.addEvent(event);
    };
    const record = recordEvents(
      { addEvent },
      (event) => void seen.push(event),
      () => time,
    );
    for (const [at, done] of [
      [0, 1],
      [400, 2],
      [999, 3],
      [1000, 4],
      [1100, 5],
      [1200, 100],
    ] as const) {
      time = at;
      record(progress(done));
    }
    record(progress(7, 'decoding'));
    expect(kept).toEqual([progress(1), progress(4), progress(100), progress(7, 'decoding')]);
    expect(seen).toHaveLength(7);
    expect(store.events().events).toMatchObject([progress(100), progress(7, 'decoding')]);
  });

  it('does not stop work for progress that cannot be kept, and does for all else', () => {
    const seen: StudyHappening[] = [];
    const full = () => {
      throw new Error('disk full');
    };
    const record = recordEvents({ addEvent: full }, (event) => void seen.push(event));
    record(progress(1));
    expect(seen).toEqual([progress(1)]);
    expect(() => record({ kind: 'audit-started', records: 1 })).toThrow('disk full');
  });
});
