import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStudyStore, studyFolder, type TrialPrediction } from '@chromaray/store';

/** What the coordinator's store costs: processor seconds a message, and a result by its rows. */
export interface StoreCosts {
  readonly message: number;
  readonly result: number;
  readonly resultRow: number;
  /** Of the store's file, for each prediction. */
  readonly bytesPerRow: number;
}

const messages = 200;
const rows = 20_000;

/** Keeps epochs and one result of the size of MIMIC-CXR's in a store on this machine's disk. */
export function measureStore(): StoreCosts {
  const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-scale-out-'));
  const file = studyFolder(root, 'store');
  const store = openStudyStore(file.store);
  try {
    const trials = ['gray', 'turbo'].map((arm) => ({ arm, seed: 1, fingerprint: arm }));
    const [small, large] = [trials[0]!, trials[1]!];
    store.plan(trials);
    for (const trial of trials) store.start(trial, { backend: 'onnxruntime', precision: 'float32', threads: 1 });
    const message = seconds(() => {
      for (let i = 1; i <= messages; i++) store.addEpoch(small, epoch(i));
    });
    const result = seconds(() => store.complete(small, summary, []));
    const before = statSync(file.store).size;
    const largeResult = seconds(() => store.complete(large, summary, predictions()));
    store.close();
    return {
      message: message / messages,
      result,
      resultRow: (largeResult - result) / rows,
      bytesPerRow: (statSync(file.store).size - before) / rows,
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function predictions(): readonly TrialPrediction[] {
  return Array.from({ length: rows }, (_, i) => ({
    part: i % 2 === 0 ? ('test' as const) : ('validation' as const),
    record: `files/p${10 + (i % 10)}/p${10_000_000 + i}/s${50_000_000 + i}/${i}.jpg`,
    patient: `p${10_000_000 + i}`,
    label: 'PNEUMONIA',
    positive: true,
    probability: i / rows,
  }));
}

const summary = { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1 };

function epoch(number: number) {
  return {
    ...{ epoch: number, trainLoss: 1, trainAccuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5 },
    ...{ validationAuroc: 0.5, learningRate: 0.001, seconds: 1 },
  };
}

/** Processor seconds: what else the machine does changes them little. */
function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
