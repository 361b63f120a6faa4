import { existsSync } from 'node:fs';
import path from 'node:path';
import { writePhantomDataset } from '@chromaray/data';

/** The text of a study so small that a trial takes seconds; its data are written beside it. */
export async function tinyStudy(folder: string, name: string, seeds: number, epochs: number): Promise<string> {
  const data = path.join(folder, 'phantoms');
  const both = (patients: number) => ({ NORMAL: patients, PNEUMONIA: patients });
  if (!existsSync(data))
    await writePhantomDataset(data, {
      seed: 'bench',
      size: 48,
      patients: { train: both(8), val: both(3), test: both(5) },
    });
  return `name: ${name}
dataset: { path: phantoms, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }
image: { size: 32 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { optimizer: adam, learningRate: 0.01, batch: 8, epochs: ${epochs} }
seeds: [${Array.from({ length: seeds }, (_, i) => i + 1).join(', ')}]
endpoint: { metric: auroc, margin: 0.05, alpha: 0.05, correction: holm }
`;
}
