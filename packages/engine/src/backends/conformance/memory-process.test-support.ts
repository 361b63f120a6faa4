import type { BackendOptions } from '../backend.js';
import { createBackend } from '../registry.js';
import { richNetwork, trainingBatch } from './rich-network.test-support.js';

// A whole process: creates, trains and releases trainings, and prints how much memory it has after each so many.

const [backend, options, cycles, every] = process.argv.slice(2) as [string, string, string, string];

for (let cycle = 1; cycle <= Number(cycles); cycle++) {
  const session = await createBackend(backend).train(
    { model: richNetwork(), loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
    8,
    JSON.parse(options) as BackendOptions,
  );
  await session.step(trainingBatch(8, 1));
  await session.step(trainingBatch(3, 2));
  await session.forward(trainingBatch(8, 1).pixels, 8);
  await session.state();
  await session.release();
  if (cycle % Number(every) > 0) continue;
  globalThis.gc?.();
  // What native finalizers hold goes with the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  console.log(process.memoryUsage.rss());
}
