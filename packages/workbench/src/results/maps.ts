import { statSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import type { RecordOfTrial } from '@chromaray/study';
import type { RawPicture } from '../work/work-order.js';
import type { WorkRoom } from '../work/work-room.js';

/** Maps that are kept; each is a few hundred bytes to some kilobytes. */
const most = 500;

/** Grad-CAM maps of records under trials, worked out once for a model file as it stands. */
export class Maps {
  private readonly kept = new Map<string, RawPicture>();

  constructor(private readonly work: Pick<WorkRoom, 'ask'>) {}

  /** @throws as `explainRecord`, and as `WorkRoom.ask` */
  async of(
    place: { readonly study: string; readonly studies: string; readonly folder: StudyFolder },
    asked: RecordOfTrial,
    signal: AbortSignal,
  ): Promise<RawPicture> {
    const { study, studies, folder } = place;
    const { arm, seed, record } = asked;
    const key = JSON.stringify([folder.root, arm, seed, record, stampOf(folder, asked)]);
    const found = this.kept.get(key) ?? (await this.work.ask('map', { study, studies, arm, seed, record }, signal));
    this.kept.delete(key);
    this.kept.set(key, found);
    for (const old of this.kept.keys()) {
      if (this.kept.size <= most) break;
      this.kept.delete(old);
    }
    return found;
  }
}

function stampOf(folder: StudyFolder, { arm, seed }: RecordOfTrial): string {
  // A name that is none leads nowhere here: the work looks the trial up before it opens a file.
  const status = /^[\w-]+$/.test(arm) ? statSync(folder.model(arm, seed), { throwIfNoEntry: false }) : undefined;
  return `${status?.size} ${status?.mtimeMs}`;
}
