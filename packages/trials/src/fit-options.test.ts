import { trialTask } from '@chromaray/testing/trial-task';
import { describe, expect, it } from 'vitest';
import { fitOptions } from './fit-options.js';

describe('what a trial passes to the trainer', () => {
  const { training } = trialTask();

  it('names what computes, and in which precision', () => {
    expect(fitOptions(trialTask(), '/none', trialTask().profile)).toMatchObject({
      backend: 'onnxruntime',
      provider: 'cpu',
      precision: 'float32',
    });
    const changed = { ...training, backend: 'onednn', precision: 'bfloat16' } as const;
    expect(fitOptions(trialTask({ training: changed }), '/none', trialTask().profile)).toMatchObject({
      backend: 'onednn',
      precision: 'bfloat16',
    });
    const second = { ...training, provider: 'cuda', device: 1 } as const;
    expect(fitOptions(trialTask({ training: second }), '/none', trialTask().profile)).toMatchObject({
      provider: 'cuda',
      providerOptions: { deviceId: 1 },
    });
  });

  it('leaves out what the study file leaves out', () => {
    const { clipNorm, earlyStopping, providerOptions } = fitOptions(trialTask(), '/none', trialTask().profile);
    expect([clipNorm, earlyStopping, providerOptions]).toEqual([undefined, undefined, undefined]);
    const full = fitOptions(
      trialTask({ training: { ...training, clipNorm: 1, patience: 2 } }),
      '/none',
      trialTask().profile,
    );
    expect(full).toMatchObject({ clipNorm: 1, earlyStopping: { patience: 2 } });
  });
});
