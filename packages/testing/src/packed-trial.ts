import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random, sha256 } from '@chromaray/base';
import { type Part, parts } from '@chromaray/contracts/names';
import { buildPack, encodePng } from '@chromaray/imaging';
import { executionProfile, type TrialFiles, type TrialTask } from '@chromaray/trials';
import { trialTask } from './trial-task.js';

/** A trial that can be run: a small network and packs of noise, brighter for the positive class. */
export interface PackedTrial {
  readonly task: TrialTask;
  /** Files of one run, named so as to be apart from those of others. */
  files(run: string): TrialFiles;
}

/** @param choices what differs from a trial of 12 images and 3 epochs */
export async function packTrial(
  root: string,
  { train = 12, ...changes }: Partial<TrialTask> & { readonly train?: number } = {},
): Promise<PackedTrial> {
  const rows = { train, validation: 4, test: 4 };
  const packs = {} as Record<Part, string>;
  const keys = {} as Record<Part, string>;
  for (const part of parts) {
    const items = await Promise.all(
      Array.from({ length: rows[part] }, async (_, i) => {
        const id = `${part}-${i}`;
        const bytes = await picture(id, i % 2 === 1);
        writeFileSync(path.join(root, `${id}.png`), bytes);
        return { id, file: path.join(root, `${id}.png`), sha256: sha256(bytes) };
      }),
    );
    const { pack } = await buildPack({ directory: root, items, size: 32 });
    [packs[part], keys[part]] = [pack.file!, pack.key];
    pack.close();
  }
  const of = (part: Part) => ({ pack: keys[part], labels: Uint8Array.from({ length: rows[part] }, (_, i) => i % 2) });
  const { training } = trialTask();
  const task = trialTask({
    parts: { train: of('train'), validation: of('validation'), test: of('test') },
    profile: executionProfile(training, 1),
    fingerprint: sha256(JSON.stringify(changes)),
    ...changes,
  });
  return {
    task,
    files: (run) => ({
      packs,
      checkpoints: path.join(root, run, 'checkpoints'),
      model: path.join(root, run, 'model.onnx'),
    }),
  };
}

function picture(seed: string, positive: boolean): Promise<Uint8Array> {
  const random = new Random(seed);
  const data = Uint8Array.from({ length: 32 * 32 }, () => 60 + 100 * random.float() + (positive ? 60 : 0));
  return encodePng({ width: 32, height: 32, data });
}
