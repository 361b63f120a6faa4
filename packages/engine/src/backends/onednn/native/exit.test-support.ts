import { tinyNetwork } from '../../../fit/blobs.test-support.js';
import { onednnBackend } from '../backend.js';

/** A whole process: trains a step on two threads, says so and ends without releasing anything. */
const session = await onednnBackend.train(
  { model: tinyNetwork(), loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'sgd' }, seed: 1 },
  64,
  { threads: 2 },
);
const count = 64;
await session.step({
  pixels: new Uint8Array(count * 64).fill(7),
  targets: new Float32Array(count),
  weights: new Float32Array(count).fill(1),
  count,
  learningRate: 0.1,
  step: 1,
});
console.log('trained');
