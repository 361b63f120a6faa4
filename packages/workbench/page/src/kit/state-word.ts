import type { StudySummary } from '../../../src/studies/study-state.js';

/** How a study's state is called, and the class that colours it. */
export const stateWords: Readonly<Record<StudySummary['state'], readonly [word: string, colour: string]>> = {
  running: ['Training', 'warn'],
  concluded: ['Concluded', 'good'],
  interrupted: ['Interrupted', 'warn'],
  'stopped-by-audit': ['Stopped by the audit', 'bad'],
  failed: ['Failed', 'bad'],
  registered: ['Registered', 'faint'],
  unreadable: ['Cannot be read', 'bad'],
};

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago a moment is, such as "3 hours ago". */
export function ago(moment: string, now = Date.now()): string {
  const seconds = (now - Date.parse(moment)) / 1000;
  const [unit, length] = units.find(([, least]) => seconds >= least) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-Math.round(seconds / length), unit);
}
