import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { Failure } from '../../kit/failure.js';
import { WorkProgress } from '../../kit/work-progress.js';
import { Link } from '../../router.js';
import { Pictures } from './pictures.js';
import { useQuery } from './query.js';
import { type DatasetOrder, datasetSearch, useDataset } from './use-dataset.js';

const phases: Readonly<Record<NonNullable<DatasetState['progress']>['phase'], string>> = {
  reading: 'Reading files',
  comparing: 'Looking for near-duplicates',
  auditing: 'Auditing',
  drawing: 'Drawing thumbnails',
};

/** A data set: how far it is read, its pictures, what its audit found, what is left out. */
export function DatasetView({ order }: { readonly order: DatasetOrder }) {
  const { state, fault, again } = useDataset(order);
  const error = fault ?? state?.error ?? undefined;
  const name = String(order.study ?? order.path);
  return (
    <>
      <h1>
        Data: <bdi>{name}</bdi>
      </h1>
      {error && <Failure error={error} again={again} />}
      {error && (
        <p>
          <Link href="/data">Choose another data set</Link>
        </p>
      )}
      {state?.progress && (
        <WorkProgress what={phases[state.progress.phase]} done={state.progress.done} total={state.progress.total} />
      )}
      {state?.facts && (
        <>
          <Summary state={state} />
          <Pictures dataset={state} />
        </>
      )}
    </>
  );
}

function Summary({ state }: { readonly state: DatasetState }) {
  const { search } = useQuery();
  const { records, positive, classes, unreadable, leftOut } = state.facts!;
  const also = [
    ...(unreadable.length > 0 ? [`${unreadable.length.toLocaleString('en')} cannot be read`] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length.toLocaleString('en')} are left out`] : []),
  ];
  return (
    <p>
      {records.toLocaleString('en')} pictures in the classes <bdi>{classes.join(', ')}</bdi>; positive:{' '}
      <bdi>{positive}</bdi>
      {also.length > 0 && `; ${also.join(', ')}`}. <Link href={`/data${datasetSearch(search)}`}>Without filters</Link>
    </p>
  );
}
