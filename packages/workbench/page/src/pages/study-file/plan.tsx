import { bytes, count, counted, duration, metricBeside, percent } from '@chromaray/base/browser';
import { endpointName } from '@chromaray/contracts/names';
import type { StudyPlan } from '@chromaray/study';
import { useRef, useState } from 'react';
import { apiAddress, type Fault } from '../../api/client.js';
import { Failure } from '../../kit/failure.js';

interface Told {
  readonly progress?: { readonly phase: string; readonly done: number; readonly total: number; readonly unit: string };
  readonly plan?: StudyPlan;
  readonly error?: Fault;
}

/** What a study can show and what it costs: the button "Train" stands below it. */
export function Plan({ file, disabled }: { readonly file: string; readonly disabled: boolean }) {
  const [told, setTold] = useState<Told>({});
  const running = useRef<AbortController>(undefined);
  const [isRunning, setRunning] = useState(false);
  const ask = async (measure: boolean): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setRunning(true);
    setTold({});
    try {
      for await (const one of linesOf(file, measure, controller.signal)) setTold(one);
    } catch (error) {
      setTold(controller.signal.aborted ? {} : { error: brokenOff(error as Error) });
    } finally {
      setRunning(false);
    }
  };
  const { progress, plan, error } = told;
  return (
    <section aria-label="Plan">
      <h2>What it can show, and what it costs</h2>
      <p className="buttons">
        <button type="button" disabled={disabled || isRunning} onClick={() => void ask(false)}>
          Plan
        </button>
        <button type="button" disabled={disabled || isRunning} onClick={() => void ask(true)}>
          Plan and measure the cost
        </button>
        {isRunning && (
          <button type="button" onClick={() => running.current?.abort()}>
            Stop planning
          </button>
        )}
      </p>
      {isRunning && (
        <p role="status">
          <progress value={progress?.done ?? 0} max={Math.max(1, progress?.total ?? 1)} aria-label="Planning" />{' '}
          {progress === undefined
            ? 'Beginning'
            : `${progress.phase}: ${count(progress.done)} of ${count(progress.total)} ${progress.unit}`}
        </p>
      )}
      {error && <Failure error={error} />}
      {plan && <PlanWords plan={plan} />}
    </section>
  );
}

function PlanWords({ plan }: { readonly plan: StudyPlan }) {
  const { counts, sensitivity, cost, endpoint, trials, trainingImages, notes } = plan;
  const { smallestDetectable } = sensitivity;
  return (
    <>
      <dl className="facts">
        <dt>Trials</dt>
        <dd>
          {counted(trials, 'trial')}, each on {counted(trainingImages, 'image')} an epoch
        </dd>
        <dt>Parts</dt>
        <dd>
          {(['train', 'validation', 'test'] as const).map((part) => (
            <div key={part}>
              {part}: {counted(counts[part].records, 'X-ray')}
              {counts[part].patients === null ? '' : `, ${counted(counts[part].patients!, 'patient')}`},{' '}
              {percent(counts[part].records === 0 ? null : counts[part].positives / counts[part].records, 0)} positive
            </div>
          ))}
        </dd>
        <dt>Minimum detectable difference</dt>
        <dd className={smallestDetectable <= endpoint.margin ? 'good' : 'warn'}>
          {metricBeside(smallestDetectable, endpoint.margin)} in {endpointName(endpoint)} at 80 % power;{' '}
          {smallestDetectable <= endpoint.margin
            ? `within the margin of ${endpoint.margin}`
            : `above the margin of ${endpoint.margin}: the study may end inconclusive`}
        </dd>
        {cost && (
          <>
            <dt>Time</dt>
            <dd>about {duration(cost.seconds)} if every trial runs all its epochs</dd>
            <dt>Memory</dt>
            <dd className={cost.memoryBytes > cost.availableMemoryBytes ? 'bad' : undefined}>
              {bytes(cost.memoryBytes)} of {bytes(cost.availableMemoryBytes)} available
            </dd>
            <dt>Disk</dt>
            <dd className={cost.diskBytes > cost.freeDiskBytes ? 'bad' : undefined}>
              {bytes(cost.diskBytes)} of {bytes(cost.freeDiskBytes)} free
            </dd>
          </>
        )}
      </dl>
      {notes.map((note) => (
        <p key={note} className="small">
          {note}
        </p>
      ))}
    </>
  );
}

function brokenOff({ message }: Error): Fault {
  return {
    ...{ code: 'CHROMARAY_WEB_GONE', message: `The plan broke off: ${message}.` },
    remedy: 'Plan again; see what the program printed where it was started.',
  };
}

/** What the program tells while it plans, line by line. */
async function* linesOf(file: string, measure: boolean, signal: AbortSignal): AsyncGenerator<Told> {
  const answer = await fetch(apiAddress('/study-files/plan-live'), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ file, measure }),
    signal,
  });
  if (!answer.ok) {
    yield { error: (await answer.json()) as Fault };
    return;
  }
  let rest = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream()) as unknown as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line) as Told;
  }
}
