import type { TrialTask } from '@chromaray/trials';

/** A task of ten training images in steps of four, three epochs; its packs and files do not exist. */
export function trialTask(changes: Partial<TrialTask> = {}): TrialTask {
  const rows = (count: number) => ({ pack: 'none', labels: Uint8Array.from({ length: count }, (_, i) => i % 2) });
  return {
    arm: 'gray',
    seed: 1,
    transform: { kind: 'gray' },
    imageSize: 32,
    model: { preset: 'small' },
    training: {
      optimizer: 'adam',
      learningRate: 0.001,
      momentum: 0,
      batch: 4,
      epochs: 3,
      schedule: 'constant',
      weightDecay: 0,
      loss: 'binary-cross-entropy',
      labelSmoothing: 0,
      select: 'best',
      backend: 'onnxruntime',
      provider: 'cpu',
      precision: 'float32',
    },
    classWeights: { positive: 1, negative: 1 },
    parts: { train: rows(10), validation: rows(4), test: rows(4) },
    profile: {
      ...{ backend: 'onnxruntime', version: '1', provider: 'cpu', precision: 'float32' },
      ...{ threads: 1, processor: 'x64 avx2' },
    } as const,
    names: { positive: 'PNEUMONIA', negative: 'NORMAL', transform: 'none', model: 'small' },
    fingerprint: 'a',
    ...changes,
  };
}
