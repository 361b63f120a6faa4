import { existsSync } from 'node:fs';
import { type StudyFolder, settingsText, type TuneSettings } from '@chromaray/contracts';
import { openStudyReader } from '@chromaray/store';
import { readStudyFile } from '../study-file/read.js';
import { tuneCandidates } from './candidates.js';
import { choicesOf } from './choices-of.js';
import { candidateName } from './tuned-study.js';

/** How far a search for hyperparameters is. */
export interface TuningStatus {
  readonly state: 'under way' | 'done';
  readonly arms: readonly {
    readonly arm: string;
    readonly candidates: number;
    /** Epochs trained for all candidates of the arm, as far as they are kept. */
    readonly epochs: number;
    /** Null while the search is under way. */
    readonly chosen: {
      readonly candidate: number;
      readonly settings: TuneSettings;
      readonly text: string;
      readonly validationAuroc: number;
    } | null;
  }[];
}

/** Of a study's own split; null for a study without a search, or before it has begun. May be asked while it runs. */
export function tuningStatus(folder: StudyFolder): TuningStatus | null {
  const { store: file } = folder.tuningTrials();
  if (!existsSync(folder.studyFile) || !existsSync(file)) return null;
  const study = readStudyFile(folder.studyFile);
  if (study.tune === undefined) return null;
  const candidates = tuneCandidates(study.tune);
  const record = choicesOf(study, folder);
  // A run holds the study's folder alone.
  const store = openStudyReader({ store: file, lock: folder.lock });
  try {
    const planned = new Set(store.trials().map(({ arm }) => arm));
    const epochsOf = (arm: string): number =>
      candidates
        .map(({ candidate }) => candidateName(arm, candidate))
        .filter((name) => planned.has(name))
        .reduce((sum, name) => sum + store.epochs({ arm: name, seed: study.tune!.seed }).length, 0);
    return {
      state: record === undefined ? 'under way' : 'done',
      arms: study.arms.map(({ name }) => {
        const tuned = record?.arms.find(({ arm }) => arm === name);
        const { settings = {} } = record?.candidates.find(({ candidate }) => candidate === tuned?.chosen) ?? {};
        const result = tuned?.candidates.find(({ candidate }) => candidate === tuned.chosen);
        return {
          ...{ arm: name, candidates: candidates.length, epochs: epochsOf(name) },
          chosen:
            result === undefined
              ? null
              : {
                  ...{ candidate: result.candidate, settings, text: settingsText(settings) },
                  validationAuroc: result.auroc!,
                },
        };
      }),
    };
  } finally {
    store.close();
  }
}
