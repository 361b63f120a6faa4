import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isChromarayError, Random } from '@chromaray/base';
import { holdFolder } from '../lock.js';
import { studyFolder } from '../study-folder.js';
import { openStudyReader, openStudyStore } from './sqlite-store.js';

// Runs in a process of its own, since a library that meets damage may end it: damages a store in ways that the number
// of the case decides, does everything to it, and writes down what came of each case.
const [, , whole, directory, journal, first, last] = process.argv as [
  string,
  string,
  string,
  string,
  string,
  ...string[],
];
const good = readFileSync(whole);
const study = studyFolder(directory, 'damaged');

for (let number = Number(first); number < Number(last); number++) {
  for (const file of [study.store, study.lock]) {
    for (const beside of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${beside}`, { force: true });
    writeFileSync(file, damage(new Random(number), number % 7));
  }
  appendFileSync(journal, `${number} `);
  const outcomes = [attempt(readAll), attempt(writeAll), attempt(() => holdFolder(study.lock)())];
  appendFileSync(journal, `${outcomes.join(' ')}\n`);
}

function damage(random: Random, kind: number): Buffer {
  const bytes = Buffer.from(good);
  const page = 4096;
  const pageAt = (): number => page * random.int(bytes.length / page);
  switch (kind) {
    case 0:
      for (let left = 1 + random.int(8); left > 0; left--) bytes[random.int(bytes.length)] = random.int(256);
      return bytes;
    case 1:
      return bytes.subarray(0, random.int(bytes.length));
    case 2: {
      const start = pageAt();
      return bytes.fill(random.int(2) === 0 ? 0 : 0xff, start, start + page);
    }
    case 3: {
      const start = random.int(bytes.length - 200);
      for (let i = start; i < start + 200; i++) bytes[i] = random.int(256);
      return bytes;
    }
    case 4:
      // Letters with their high bit set are no UTF-8.
      for (let left = 60; left > 0; left--) {
        const at = random.int(bytes.length);
        if (bytes[at]! >= 0x41 && bytes[at]! < 0x7b) bytes[at]! |= 0x80;
      }
      return bytes;
    case 5:
      for (let left = 1 + random.int(4); left > 0; left--) bytes[100 + random.int(4000)] = random.int(256);
      return bytes;
    default:
      return bytes.copyWithin(pageAt(), pageAt());
  }
}

function readAll(): void {
  const store = openStudyReader(study);
  try {
    for (const trial of store.trials()) {
      store.trial(trial);
      store.epochs(trial);
    }
    store.predictions();
    for (const { id } of store.evaluations()) store.evaluationPredictions(id);
    store.events();
  } finally {
    store.close();
  }
}

function writeAll(): void {
  const store = openStudyStore(study.store);
  try {
    const trial = { arm: 'new', seed: 1 };
    store.markInterrupted();
    store.addEvent({ kind: 'run-started', version: '0.1.0' });
    store.plan([{ ...trial, fingerprint: 'f' }]);
    store.start(trial, { backend: 'b', precision: 'p', threads: 1 });
    store.complete(trial, { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1 }, []);
    store.addEvaluation('h', 'n', []);
  } finally {
    store.close();
  }
}

/** A code, `fine`, or `RAW` for an error that does not say what to do. */
function attempt(action: () => void): string {
  try {
    action();
    return 'fine';
  } catch (error) {
    return isChromarayError(error) ? error.code : `RAW:${String(error).replaceAll(/\s+/g, '_')}`;
  }
}
