import { type Dataset, type DatasetRecord, resolveArm, type StudyFile, type StudyFolder } from '@chromaray/contracts';
import { type BalancePlan, finishSplit } from '@chromaray/data';
import { loadModel, predict } from '@chromaray/engine';
import { openPack } from '@chromaray/imaging';
import { backendOptions, packSource } from '@chromaray/trials';
import { armPacks } from './arm-packs.js';
import { pixelsOf } from './arm-pixels.js';
import type { PrepareContext } from './context.js';
import { partRecords } from './part-packs.js';

const nothingTrained: BalancePlan = {
  method: 'none',
  entries: [],
  classWeights: { positive: 1, negative: 1 },
  augmentation: null,
  notes: [],
};

/** A data set prepared for saved models: its pictures as those of the study's test part. */
export interface UnseenRecords {
  /** In the order of the probabilities. */
  readonly records: readonly DatasetRecord[];
  /** Probability of the positive class for every record, by the saved model of a trial. */
  predict(arm: string, seed: number): Promise<Float32Array>;
}

/**
 * Prepares a data set that no trial of the study has learned from, to be shown to its saved models.
 *
 * @throws ChromarayError what packs throw
 */
export async function prepareUnseen(
  study: StudyFile,
  folder: Pick<StudyFolder, 'model'>,
  dataset: Dataset,
  { cache, onEvent, signal }: PrepareContext,
): Promise<UnseenRecords> {
  const asTest = new Map(dataset.records.map(({ id }) => [id, 'test' as const]));
  const split = finishSplit(dataset, { method: 'provided', seed: 0, part: asTest }, null);
  const untrained = { dataset, split, balance: nothingTrained };
  const training = new Map(study.arms.map(({ name }) => [name, untrained]));
  const packs = await armPacks({ study, training }, cache, onEvent, signal);
  return {
    records: partRecords(dataset, split, 'test'),
    async predict(arm, seed) {
      const section = study.arms.find(({ name }) => name === arm)!;
      const { training: how } = resolveArm(study, section);
      const rows = packs.get(pixelsOf(study, section))!.test;
      const pack = openPack(rows.pack);
      try {
        return await predict(
          loadModel(folder.model(arm, seed)),
          packSource(
            pack,
            rows.labels,
            (dataset.several ?? [0, 1]).map(() => 1),
          ),
          { ...backendOptions(how), batch: how.batch, signal },
        );
      } finally {
        pack.close();
      }
    },
  };
}
