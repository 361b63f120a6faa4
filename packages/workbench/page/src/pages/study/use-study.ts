import { useEffect, useState } from 'react';
import type { Epochs } from '../../../../src/studies/epochs.js';
import type { StudySummary } from '../../../../src/studies/study-state.js';
import type { TrialRow } from '../../../../src/studies/trial-schema.js';
import type { Fault } from '../../api/client.js';
import { type Asked, useAsked } from '../../api/use-asked.js';
import { useEvents } from '../../api/use-events.js';
import { type EpochTable, epochsOf, withEpochs } from './epoch-table.js';
import { type Progress, withProgress } from './progress.js';

/** Events after which state and trials are read again; progress and epochs come too often. */
const ofNote = /^(run|trial|audit|split|concluded)/;

/** How often the state of a study that is run is read again, in milliseconds: after it told its end, and otherwise. */
const [soon, seldom] = [700, 5000];

export interface FollowedStudy {
  readonly summary: Asked<StudySummary>;
  readonly trials: Asked<readonly TrialRow[]>;
  readonly epochs: EpochTable;
  /** What it does just now; undefined when nothing has been told. */
  readonly progress: Progress | undefined;
  /** Why nothing more comes. */
  readonly gone: Fault | undefined;
}

/** A study as it stands, kept up to date while it runs, whoever runs it. */
export function useStudy(name: string): FollowedStudy {
  const path = `/studies/${encodeURIComponent(name)}`;
  const summary = useAsked<StudySummary>(path);
  const trials = useAsked<readonly TrialRow[]>(`${path}/trials`);
  const known = useAsked<Epochs>(`${path}/epochs`);
  const [epochs, setEpochs] = useState<EpochTable>(new Map());
  const [progress, setProgress] = useState<Progress>();
  useEffect(() => {
    if (known.answer !== undefined) setEpochs((before) => withEpochs(before, known.answer!.epochs));
  }, [known.answer]);
  const { again } = summary;
  const isRunning = summary.answer?.state === 'running';
  const [hasEnded, setEnded] = useState(false);
  // A run that was killed leaves no word of its end, and one that tells its end holds its folder for a moment longer.
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(again, hasEnded ? soon : seldom);
    return () => clearInterval(timer);
  }, [isRunning, hasEnded, again]);
  const gone = useEvents(name, known.answer?.lastEvent, (events) => {
    setEpochs((before) => withEpochs(before, epochsOf(events)));
    setProgress((before) => withProgress(before, events));
    const turn = events.findLast(({ kind }) => kind === 'run-started' || kind === 'run-ended');
    if (turn !== undefined) setEnded(turn.kind === 'run-ended');
    if (!events.some(({ kind }) => ofNote.test(kind))) return;
    trials.again();
    summary.again();
  });
  return { summary, trials, epochs, progress, gone: gone ?? known.fault };
}
