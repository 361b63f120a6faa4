import type { InstalledState } from '@chromaray/installed';
import type { Context } from '../context.js';

/** The file is compared with its hash whenever a list is shown, and again before it is used. */
export const stateText: Readonly<Record<InstalledState, string>> = {
  intact: 'verified',
  changed: 'CHANGED: will not be used',
  missing: 'MISSING',
};

/** Downloads are counted in whole mebibytes. */
const unit = 1024 ** 2;

/** Shows how far a download is. */
export function showDownload({ progress }: Context) {
  return ({ done, total }: { readonly done: number; readonly total: number | undefined }): void =>
    progress.update({
      phase: 'downloading',
      done: Math.floor(done / unit),
      total: Math.ceil((total ?? done) / unit),
      unit: 'MiB',
    });
}
