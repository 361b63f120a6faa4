import { bytes, decimal, duration, metric, missing } from '@chromaray/base/browser';
import type { StudySummary } from '../../../../src/studies/study-state.js';
import type { TrialRow } from '../../../../src/studies/trial-schema.js';
import { Paged } from '../../kit/paged.js';
import { WideTable } from '../../kit/wide-table.js';
import { useInAddress } from '../../router.js';
import type { EpochTable } from './epoch-table.js';
import { type Progress, trialKey } from './progress.js';

const states: Readonly<Record<TrialRow['status'], readonly [word: string, colour: string]>> = {
  running: ['training', 'warn'],
  interrupted: ['interrupted', 'warn'],
  failed: ['failed', 'bad'],
  waiting: ['waiting', 'faint'],
  done: ['done', 'good'],
};

/** What the number of a split counts. */
const splitNames: Readonly<Record<StudySummary['splits'], string>> = {
  one: 'Split',
  repeats: 'Split',
  folds: 'Fold',
  sites: 'Fold',
};

export interface TrialTableProps {
  readonly trials: readonly TrialRow[];
  readonly epochs: EpochTable;
  readonly progress: Progress | undefined;
  /** What the study's splits are. */
  readonly splits: StudySummary['splits'];
}

/** Every trial with its state, pace, memory and time left; those that train come first. */
export function TrialTable({ trials, epochs, progress, splits }: TrialTableProps) {
  const [arm, setArm] = useInAddress('arm');
  const [state, setState] = useInAddress('state');
  const order = Object.keys(states);
  const shown = trials
    .filter((trial) => (arm === '' || trial.arm === arm) && (state === '' || trial.status === state))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const splitName = trials.some(({ split }) => split > 1) ? splitNames[splits] : undefined;
  const workers = trials.some(({ worker }) => worker !== null);
  return (
    <>
      <p className="filters">
        <Choice label="Arm" value={arm} set={setArm} options={[...new Set(trials.map((trial) => trial.arm))]} />
        <Choice label="State" value={state} set={setState} options={order} />
        <span className="faint">
          {shown.length} of {trials.length} trials
        </span>
      </p>
      <Paged rows={shown} of="trials">
        {(rows) => (
          <WideTable label="Trials">
            <thead>
              <tr>
                <th>Arm</th>
                <th className="number">Seed</th>
                {splitName !== undefined && <th className="number">{splitName}</th>}
                <th>State</th>
                {workers && <th>Worker</th>}
                <th className="number">Epochs</th>
                <th className="number">Best AUROC</th>
                <th className="number">Images/s</th>
                <th className="number">Memory</th>
                <th className="number">Time</th>
                <th className="number">Time left</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((trial) => (
                <Trial
                  key={trialKey(trial.arm, trial.seed, trial.split)}
                  trial={trial}
                  splits={splitName !== undefined}
                  workers={workers}
                  done={trial.split === 1 ? epochs.get(trial.arm)?.get(trial.seed) : undefined}
                  now={progress?.trials.get(trialKey(trial.arm, trial.seed, trial.split))}
                />
              ))}
            </tbody>
          </WideTable>
        )}
      </Paged>
    </>
  );
}

interface TrialProps {
  readonly trial: TrialRow;
  readonly splits: boolean;
  readonly workers: boolean;
  readonly done: ReturnType<EpochTable['get']> & {} extends ReadonlyMap<number, infer List> ? List | undefined : never;
  readonly now: (Progress['trials'] extends ReadonlyMap<string, infer One> ? One : never) | undefined;
}

function Trial({ trial, splits, workers, done = [], now }: TrialProps) {
  const [word, colour] = states[trial.status];
  const run = Math.max(done.filter((epoch) => epoch !== undefined).length, trial.epochsDone);
  const of = now?.epochs ?? trial.epochs ?? undefined;
  const aurocs = done.flatMap((epoch) => epoch?.validationAuroc ?? []);
  const best = Math.max(...aurocs, trial.validationAuroc ?? Number.NEGATIVE_INFINITY);
  const times = done.flatMap((epoch) => epoch?.seconds ?? []);
  const spent = times.reduce((sum, seconds) => sum + seconds, 0);
  const within = now === undefined || now.steps === 0 ? 0 : now.step / now.steps;
  const left =
    trial.status !== 'running' || of === undefined || times.length === 0
      ? null
      : Math.max(0, of - run - within) * (spent / times.length);
  return (
    <tr>
      <td>{trial.arm}</td>
      <td className="number">{trial.seed}</td>
      {splits && <td className="number">{trial.split}</td>}
      <td>
        <span className={colour}>{word}</span>
        {trial.error !== null && (
          <span className="small">
            {' '}
            {trial.error.message} <code>{trial.error.code}</code>
          </span>
        )}
      </td>
      {workers && <td>{trial.worker ?? missing}</td>}
      <td className="number">
        {trial.status === 'running' && of !== undefined && (
          <progress
            value={run + within}
            max={of}
            aria-label={`${trial.arm}, seed ${trial.seed}: ${run} of ${of} epochs`}
          />
        )}{' '}
        {run}
        {of === undefined ? '' : ` of ${of}`}
      </td>
      <td className="number">{Number.isFinite(best) ? metric(best) : missing}</td>
      <td className="number">{decimal(trial.imagesPerSecond, 0)}</td>
      <td className="number">{bytes(trial.peakMemoryBytes)}</td>
      <td className="number">{duration(trial.seconds ?? (times.length === 0 ? null : spent))}</td>
      <td className="number">{left === null ? missing : `about ${duration(left)}`}</td>
    </tr>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly options: readonly string[];
}

function Choice({ label, value, set, options }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => set(target.value)}>
        <option value="">all</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
