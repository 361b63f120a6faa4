import { duration } from '@chromaray/base/browser';
import { lazy, Suspense, useState } from 'react';
import { AskError, command, type Fault } from '../../api/client.js';
import { Failure } from '../../kit/failure.js';
import { stateWords } from '../../kit/state-word.js';
import type { PageProps } from '../../pages.js';
import { Link, studyAddress, useInAddress } from '../../router.js';
import { LiveCurves } from './live-curves.js';
import { type Progress, secondsLeft, whichSplit } from './progress.js';
import { SplitTable } from './split-table.js';
import './study.css';
import { TrialTable } from './trial-table.js';
import { type FollowedStudy, useStudy } from './use-study.js';
import { WorkerTable } from './worker-table.js';

const parts = { training: 'Training', verdict: 'Verdict', models: 'Models', plan: 'Plan and files' } as const;
type Part = keyof typeof parts;

/** A study: how it stands, its trials as they train, what came out, and how its models behave. */
export default function Study({ params }: PageProps) {
  const name = params.study!;
  const study = useStudy(name);
  const { summary, gone } = study;
  const [given] = useInAddress('part');
  const concluded = summary.answer?.artefacts.includes('verdict') ?? false;
  const part: Part = given in parts ? (given as Part) : concluded ? 'verdict' : 'training';
  return (
    <>
      <h1>{name}</h1>
      {summary.fault && <Failure error={summary.fault} again={summary.again} />}
      {gone && gone.code !== summary.fault?.code && <Failure error={gone} />}
      {summary.answer && (
        <>
          <Standing name={name} study={study} saysVerdict={part !== 'verdict'} />
          <nav className="parts" aria-label="Parts of the study">
            {Object.entries(parts).map(([key, title]) => (
              <Link
                key={key}
                href={`${studyAddress(name)}?part=${key}`}
                aria-current={key === part ? 'page' : undefined}
              >
                {title}
              </Link>
            ))}
            <Link href={studyAddress(name, 'cases')}>Cases</Link>
          </nav>
          {part === 'training' ? (
            <Training name={name} study={study} />
          ) : (
            <Results name={name} study={study} part={part} />
          )}
        </>
      )}
    </>
  );
}

interface PartProps {
  readonly name: string;
  readonly study: FollowedStudy;
}

/** What is only there when a study has got far: loaded when it is looked at. */
const ResultParts = lazy(() => import('./results.js'));

function Results({ name, study, part }: PartProps & { readonly part: Exclude<Part, 'training'> }) {
  const { control, artefacts, state } = study.summary.answer!;
  return (
    <Suspense fallback={<p role="status">Loading …</p>}>
      {/* What a run has written since is asked for anew. */}
      <ResultParts
        key={`${state} ${artefacts.length}`}
        name={name}
        part={part}
        control={control ?? undefined}
        artefacts={artefacts}
      />
    </Suspense>
  );
}

/** What it does, and what can be told it. */
function Standing({ name, study, saysVerdict }: PartProps & { readonly saysVerdict: boolean }) {
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
        {answer.statement === null ? 'There is no verdict yet.' : saysVerdict && answer.statement}{' '}
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
      {answer.state === 'running' && study.progress !== undefined && (
        <Pace progress={study.progress} splits={answer.splits} />
      )}
    </>
  );
}

const phases: Readonly<Record<string, string>> = {
  reading: 'Reading the data set',
  auditing: 'Auditing',
  decoding: 'Decoding X-rays',
  colorizing: 'Colorizing',
  tuning: 'Searching for hyperparameters',
  training: 'Training',
  predicting: 'Predicting',
  explaining: 'Explaining',
  reporting: 'Writing the report',
};

const splitWords: Readonly<Partial<Record<string, string>>> = { repeats: 'split', folds: 'fold', sites: 'fold' };

function Pace({ progress, splits }: { readonly progress: Progress; readonly splits: string }) {
  const { phase, done, total, unit } = progress;
  const which = whichSplit(progress, splitWords[splits]);
  const left = secondsLeft(progress);
  const said = `${phases[phase] ?? phase}${which.of}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`;
  return (
    <p>
      <progress value={done} max={Math.max(1, total)} aria-label={said} /> {said}
      {left !== undefined && `, about ${duration(left)} ${which.left}`}
    </p>
  );
}

function Training({ name, study }: PartProps) {
  const { trials, epochs, progress, summary } = study;
  const { arms, control, splits, artefacts } = summary.answer!;
  const all = trials.answer ?? [];
  const others = Math.max(1, ...all.map(({ split }) => split));
  return (
    <>
      <h2>Training</h2>
      <LiveCurves
        study={name}
        arms={arms}
        control={control ?? undefined}
        table={epochs}
        epochs={Math.max(...all.map((trial) => trial.epochs ?? 0)) || undefined}
      />
      {others > 1 && (
        <p className="small">
          These curves are those of {splits === 'repeats' ? 'split' : 'fold'} 1 of {others}; the table has the trials of
          all.
        </p>
      )}
      <h2>Trials</h2>
      {trials.fault && <Failure error={trials.fault} again={trials.again} />}
      {trials.answer && <TrialTable trials={trials.answer} epochs={epochs} progress={progress} splits={splits} />}
      <WorkerTable
        path={`/studies/${encodeURIComponent(name)}`}
        study={name}
        running={summary.answer!.state === 'running'}
      />
      <h2>Split</h2>
      <SplitTable path={`/studies/${encodeURIComponent(name)}`} known={artefacts.includes('manifest')} />
    </>
  );
}
