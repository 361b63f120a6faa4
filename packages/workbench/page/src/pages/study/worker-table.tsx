import { bytes, count, counted } from '@chromaray/base/browser';
import { useEffect } from 'react';
import type { Fleet } from '../../../../src/studies/fleet-schema.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { WideTable } from '../../kit/wide-table.js';

/** Milliseconds between two looks at the workers, which announce themselves every fifteen seconds. */
const pause = 10_000;

/** The workers that are there for a study whose trials others compute, and what each does. Nothing for any other study. */
export function WorkerTable({
  path,
  study,
  running,
}: {
  readonly path: string;
  readonly study: string;
  readonly running: boolean;
}) {
  const { answer: fleet, fault, again } = useAsked<Fleet>(`${path}/fleet`);
  const isAway = fleet !== undefined && fleet !== null;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(again, pause);
    return () => clearInterval(timer);
  }, [running, again]);
  if (fault) return <Failure error={fault} again={again} />;
  if (!isAway) return null;
  const { on, exchange, givenOut, withResult, workers, problem } = fleet;
  return (
    <>
      <h2>Other machines</h2>
      {problem !== null ? (
        <p>
          What became of trials on other machines is not known: {exchange} cannot be asked. {problem}
        </p>
      ) : givenOut > 0 ? (
        <p>
          {counted(givenOut, 'trial')} of this study {givenOut === 1 ? 'is' : 'are'} with{' '}
          {on === 'slurm' ? 'Slurm' : 'the queue'}; {count(withResult)}{' '}
          {withResult === 1 ? 'has its result' : 'have their results'} in {exchange}.
        </p>
      ) : null}
      {on === 'queue' &&
        problem === null &&
        (workers.length === 0 ? <p>No worker has announced itself.</p> : <Workers workers={workers} study={study} />)}
    </>
  );
}

function Workers({ workers, study }: { readonly workers: NonNullable<Fleet>['workers']; readonly study: string }) {
  return (
    <WideTable label="Workers">
      <thead>
        <tr>
          <th>Worker</th>
          <th>Processor</th>
          <th className="number">Threads</th>
          <th>Chromaray</th>
          <th className="number">Free memory</th>
          <th>Computes</th>
        </tr>
      </thead>
      <tbody>
        {workers.map(({ worker, processor, threads, version, freeMemoryBytes, doing }) => (
          <tr key={worker}>
            <th>{worker}</th>
            <td>{processor}</td>
            <td className="number">{threads}</td>
            <td>{version}</td>
            <td className="number">{bytes(freeMemoryBytes)}</td>
            <td>
              {doing.length === 0 && <span className="faint">nothing</span>}
              {doing.map(({ study: of, arm, seed, epoch }) => (
                <div key={`${of} ${arm} ${seed}`}>
                  {of === study ? '' : `${of}: `}
                  {arm}, seed {seed}, {epoch === 0 ? 'first epoch' : `epoch ${epoch} done`}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
