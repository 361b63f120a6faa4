import { counted } from '@chromaray/base';
import type { FilledItem } from './checklist.js';
import type { FilledChecklist } from './index.js';

/** How many items are answered by whom. */
export function itemCounts({ items }: FilledChecklist): string {
  const of = (state: FilledItem['state']): number => items.filter((item) => item.state === state).length;
  return `${counted(items.length, 'entry', 'entries')}; ${of('reported')} answered by the study, ${of('in part')} in part, ${of('for the author')} for the author, ${of('not applicable')} not applicable`;
}
