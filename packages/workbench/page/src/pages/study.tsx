import { useState } from 'react';
import type { StudySummary } from '../../../src/studies/study-state.js';
import type { TrialRow } from '../../../src/studies/trial-schema.js';
import { AskError, command, type Fault } from '../api/client.js';
import { useAsked } from '../api/use-asked.js';
import { useEvents } from '../api/use-events.js';
import { Failure } from '../kit/failure.js';
import { stateWords } from '../kit/state-word.js';
import type { PageProps } from '../pages.js';

/** Events after which state and trials are read again; progress and epochs come too often. */
const ofNote = /^(run|trial|audit|concluded)/;

/** A study: how it stands, and its trials as they train. */
export default function Study({ params }: PageProps) {
  const name = params.study!;
  const path = `/studies/${encodeURIComponent(name)}`;
  const summary = useAsked<StudySummary>(path);
  const trials = useAsked<readonly TrialRow[]>(`${path}/trials`);
  const [since, setSince] = useState<number>();
  const [refused, setRefused] = useState<Fault>();
  const study = summary.answer;
  if (study !== undefined && since === undefined) setSince(study.lastEvent);
  const gone = useEvents(name, since, (events) => {
    if (!events.some(({ kind }) => ofNote.test(kind) || kind === 'epoch-done')) return;
    trials.again();
    if (events.some(({ kind }) => ofNote.test(kind))) summary.again();
  });
  const tell = (order: 'stop' | 'resume'): void => {
    command(`${path}/${order}`).then(
      () => setRefused(undefined),
      (error: unknown) => error instanceof AskError && setRefused(error.fault),
    );
  };
  return (
    <>
      <h1>{name}</h1>
      {summary.fault && <Failure error={summary.fault} again={summary.again} />}
      {gone && <Failure error={gone} />}
      {refused && <Failure error={refused} />}
      {study && (
        <p>
          <span className={stateWords[study.state][1]}>{stateWords[study.state][0]}</span>.{' '}
          {study.statement ?? 'There is no verdict yet.'}{' '}
          {study.state === 'running' && (
            <button type="button" onClick={() => tell('stop')}>
              Stop
            </button>
          )}
          {(study.state === 'interrupted' || study.state === 'failed') && (
            <button type="button" onClick={() => tell('resume')}>
              Resume
            </button>
          )}
        </p>
      )}
      <h2>Trials</h2>
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th>Arm</th>
              <th className="number">Seed</th>
              <th>State</th>
              <th className="number">Epochs</th>
              <th className="number">Validation AUROC</th>
            </tr>
          </thead>
          <tbody>
            {trials.answer?.map((trial) => (
              <tr key={`${trial.split} ${trial.arm} ${trial.seed}`}>
                <td>{trial.arm}</td>
                <td className="number">{trial.seed}</td>
                <td>{trial.status}</td>
                <td className="number">{trial.epochsDone}</td>
                <td className="number">{trial.validationAuroc?.toFixed(3) ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
