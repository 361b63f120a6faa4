import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StudyFile } from '@chromaray/contracts';
import { type PhantomFaults, writePhantomDataset } from '@chromaray/data';
import { parseStudyFile } from '@chromaray/study';

/** What tests change in the tiny study; the rest stays. Values are YAML. */
export interface TinyChoices {
  readonly data?: string;
  readonly split?: string;
  readonly arms?: string;
  /** In place of arms. */
  readonly factors?: string;
  readonly seeds?: string;
  readonly epochs?: number;
  readonly learningRate?: number;
  /** With the further keys it needs. */
  readonly optimizer?: string;
  readonly positive?: string;
  readonly model?: string;
}

/** A folder with a study so small that it runs in seconds: phantoms of 32 pixels, two arms, two seeds. */
export class TinyStudy {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-study-'));

  /** Writes phantoms of 32 patients into the folder `name`. */
  async writeData(name = 'data', faults: PhantomFaults = {}): Promise<void> {
    const both = (patients: number) => ({ NORMAL: patients, PNEUMONIA: patients });
    await writePhantomDataset(path.join(this.folder, name), {
      seed: 'tiny',
      size: 48,
      patients: { train: both(8), val: both(3), test: both(5) },
      imagesPerPatient: [1, 2],
      faults,
    });
  }

  path(...names: string[]): string {
    return path.join(this.folder, ...names);
  }

  studyFile(choices: TinyChoices = {}): StudyFile {
    return parseStudyFile(studyText(choices), this.path('study.yaml'));
  }

  writeStudyFile(choices: TinyChoices = {}): string {
    writeFileSync(this.path('study.yaml'), studyText(choices));
    return this.path('study.yaml');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const usualArms = '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]';

function studyText(choices: TinyChoices): string {
  return `name: tiny
dataset: { path: ${choices.data ?? 'data'}, layout: kaggle, positive: ${choices.positive ?? 'PNEUMONIA'} }
split: ${choices.split ?? '{ method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }'}
image: { size: 32 }
balance: { method: weights }
${choices.factors === undefined ? `arms: ${choices.arms ?? usualArms}` : `factors: ${choices.factors}`}
model: ${choices.model ?? '{ preset: small }'}
training: { optimizer: ${choices.optimizer ?? 'adam'}, learningRate: ${choices.learningRate ?? 0.01}, batch: 8, epochs: ${choices.epochs ?? 2} }
seeds: ${choices.seeds ?? '[1, 2]'}
endpoint: { metric: auroc, margin: 0.05, alpha: 0.05, correction: holm }
`;
}
