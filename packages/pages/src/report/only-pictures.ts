import type { ReportArm } from './report-input.js';

/** True where arms differ in nothing but what their networks are shown: its pictures and their colours. */
export function onlyPictures(arms: readonly Pick<ReportArm, 'kinds'>[]): boolean {
  return arms.every(({ kinds = [] }) => kinds.every((kind) => kind === 'image' || kind === 'colour'));
}
