import { duration } from '@chromaray/base/browser';
import { useState } from 'react';
import { AskError, command, type Fault } from '../../api/client.js';
import { Failure } from '../../kit/failure.js';
import { stateWords } from '../../kit/state-word.js';
import type { PageProps } from '../../pages.js';
import { LiveCurves } from './live-curves.js';
import { type Progress, secondsLeft } from './progress.js';
import './study.css';
import { TrialTable } from './trial-table.js';
import { type FollowedStudy, useStudy } from './use-study.js';

/** A study: how it stands, and its trials as they train. */
export default function Study({ params }: PageProps) {
  const name = params.study!;
  const study = useStudy(name);
  const { summary, gone } = study;
  return (
    <>
      <h1>{name}</h1>
      {summary.fault && <Failure error={summary.fault} again={summary.again} />}
      {gone && gone.code !== summary.fault?.code && <Failure error={gone} />}
      {summary.answer && <Standing name={name} study={study} />}
      {summary.answer && <Training name={name} study={study} />}
    </>
  );
}

interface PartProps {
  readonly name: string;
  readonly study: FollowedStudy;
}

/** What it does, and what can be told it. */
function Standing({ name, study }: PartProps) {
  const [refused, setRefused] = useState<Fault>();
  const answer = study.summary.answer!;
  const [word, colour] = stateWords[answer.state];
  const tell = (order: 'stop' | 'resume'): void => {
    command(`/studies/${encodeURIComponent(name)}/${order}`).then(
      () => {
        setRefused(undefined);
        study.summary.again();
      },
      (error: unknown) => error instanceof AskError && setRefused(error.fault),
    );
  };
  return (
    <>
      {refused && <Failure error={refused} />}
      {answer.error !== null && <Failure error={answer.error} />}
      <p>
        <span className={colour}>{word}</span>
        {answer.holder !== null && <span className="faint"> by process {answer.holder}</span>}.{' '}
        {answer.statement ?? 'There is no verdict yet.'}{' '}
        {answer.state === 'running' && (
          <button type="button" onClick={() => tell('stop')}>
            Stop
          </button>
        )}
        {(answer.state === 'interrupted' || answer.state === 'failed') && (
          <button type="button" onClick={() => tell('resume')}>
            Resume
          </button>
        )}
      </p>
      {answer.state === 'running' && study.progress !== undefined && <Pace progress={study.progress} />}
    </>
  );
}

const phases: Readonly<Record<string, string>> = {
  reading: 'Reading the data set',
  auditing: 'Auditing',
  decoding: 'Decoding X-rays',
  colorizing: 'Colorizing',
  training: 'Training',
  predicting: 'Predicting',
  explaining: 'Explaining',
  reporting: 'Writing the report',
};

function Pace({ progress }: { readonly progress: Progress }) {
  const { phase, done, total, unit } = progress;
  const left = secondsLeft(progress);
  const said = `${phases[phase] ?? phase}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`;
  return (
    <p>
      <progress value={done} max={Math.max(1, total)} aria-label={said} /> {said}
      {left !== undefined && `, about ${duration(left)} left`}
    </p>
  );
}

function Training({ name, study }: PartProps) {
  const { trials, epochs, progress, summary } = study;
  const most = progress === undefined ? undefined : [...progress.trials.values()][0]?.epochs;
  return (
    <>
      <h2>Training</h2>
      <LiveCurves study={name} arms={summary.answer!.arms} control={undefined} table={epochs} epochs={most} />
      <h2>Trials</h2>
      {trials.fault && <Failure error={trials.fault} again={trials.again} />}
      {trials.answer && <TrialTable trials={trials.answer} epochs={epochs} progress={progress} most={most} />}
    </>
  );
}
