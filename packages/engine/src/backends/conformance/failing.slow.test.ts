import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tinyNetwork, tinyRequest } from '../../fit/blobs.test-support.js';
import { fit } from '../../fit/fit.js';
import type { FitOptions } from '../../fit/fit-types.js';
import type { TrainableModel } from '../../training/types.js';
import { trainingBatch } from './rich-network.test-support.js';
import { type Subject, subjects, title } from './subjects.test-support.js';

const open = ({ backend, options }: Subject, model: TrainableModel) =>
  backend.train({ model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 }, 8, options);

/** Weights that are finite and whose product with the pixels is not: the convolution overflows. */
function overflowing(): TrainableModel {
  const model = tinyNetwork();
  (model.model.graph.initializers.get('convolution/kernel')!.data as Float32Array).fill(3e38);
  return model;
}

function withNaN(): TrainableModel {
  const model = tinyNetwork();
  (model.model.graph.initializers.get('output/kernel')!.data as Float32Array)[3] = Number.NaN;
  return model;
}

for (const subject of subjects) {
  describe.skipIf(subject.missing !== undefined)(
    `conformance: failing on ${title(subject)}`,
    { timeout: 240_000 },
    () => {
      it('names step, tensor and operator of the first value that is not finite, and leaves the weights as they were', async () => {
        const session = await open(subject, overflowing());
        const before = await session.state();
        await expect(session.step(trainingBatch(8, 4))).rejects.toMatchObject({
          code: 'CHROMARAY_TRAINING_NOT_FINITE',
          message:
            'The loss of step 4 is not a finite number. The first tensor that is not finite is "convolution_out", made by Conv node "forward/convolution".',
          details: { step: 4, operator: 'Conv' },
        });
        expect(await session.state()).toEqual(before);
        await session.release();
      });

      it('names a weight that is no number', async () => {
        const session = await open(subject, withNaN());
        await expect(session.step(trainingBatch(8, 1))).rejects.toMatchObject({
          code: 'CHROMARAY_TRAINING_NOT_FINITE',
          message: expect.stringContaining('"output/kernel", an input of the step'),
        });
        await session.release();
      });

      it.each([
        ['CHROMARAY_TRAINING_TENSOR', { trainable: ['missing'] }],
        ['CHROMARAY_TRAINING_LOGITS', { logits: 'nowhere' }],
      ])('refuses a model whose training makes no sense: %s', async (code, change) => {
        await expect(open(subject, { ...tinyNetwork(), ...change })).rejects.toMatchObject({ code });
      });

      it('refuses a batch larger than agreed, and the state of another model', async () => {
        const session = await open(subject, tinyNetwork());
        await expect(session.step(trainingBatch(9, 1))).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_BATCH' });
        expect(() => session.restore({ weights: new Map(), slots: new Map() })).toThrow(
          expect.objectContaining({ code: 'CHROMARAY_TRAINING_STATE' }),
        );
        await session.release();
      });

      it('stops after the current step when asked, and goes on later to the bits of a training that was not stopped', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'chromaray-conformance-'));
        const options: Partial<FitOptions> = {
          ...subject.options,
          backend: subject.backend.name,
          epochs: 2,
          batch: 35,
        };
        const checkpoint = { folder };
        try {
          const controller = new AbortController();
          const steps: number[] = [];
          const stopped = fit({
            ...tinyRequest({ ...options, checkpoint }),
            signal: controller.signal,
            onEvent: (event) => {
              if (event.kind !== 'step') return;
              steps.push(event.step);
              if (event.epoch === 2) controller.abort();
            },
          });
          await expect(stopped).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_CANCELLED' });
          expect(steps).toEqual([1, 2, 1]);
          const resumed = await fit(tinyRequest({ ...options, checkpoint }));
          const undisturbed = await fit(tinyRequest(options));
          expect(resumed.resumedFrom).toBe(1);
          expect(resumed.model).toEqual(undisturbed.model);
          expect(resumed.history.map(({ loss, validationLoss }) => [loss, validationLoss])).toEqual(
            undisturbed.history.map(({ loss, validationLoss }) => [loss, validationLoss]),
          );
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      });
    },
  );
}
