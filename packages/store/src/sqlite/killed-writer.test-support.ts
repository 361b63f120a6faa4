import { openStudyStore } from './sqlite-store.js';

// Runs in a process of its own: writes two epochs and an event, then dies during the next write.
const store = openStudyStore(process.argv[2]!);
const trial = { arm: 'gray', seed: 1 };
store.plan([{ ...trial, fingerprint: 'a' }]);
store.start(trial, { backend: 'onnxruntime', precision: 'float32', threads: 1 });
for (const epoch of [1, 2]) {
  store.addEpoch(trial, {
    epoch,
    trainLoss: 1 / epoch,
    trainAccuracy: null,
    validationLoss: null,
    validationAccuracy: null,
    validationAuroc: null,
    learningRate: null,
    seconds: 1,
  });
}
store.addEvent({ kind: 'trial-started', ...trial, finished: 0, trials: 1 });
process.kill(process.pid, 'SIGKILL');
