import { useCallback } from 'react';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { Failure } from '../../kit/failure.js';
import { WorkProgress } from '../../kit/work-progress.js';
import { Link, studyAddress } from '../../router.js';
import { AuditView } from './audit.js';
import { ExclusionTable } from './exclusion-table.js';
import { ExclusionsOf } from './exclusions.js';
import { OpenPicture } from './open-picture.js';
import { Pictures } from './pictures.js';
import { changedSearch, useQuery } from './query.js';
import { type DatasetOrder, datasetSearch, useDataset } from './use-dataset.js';

const phases: Readonly<Record<NonNullable<DatasetState['progress']>['phase'], string>> = {
  reading: 'Reading files',
  drawing: 'Drawing thumbnails',
  comparing: 'Looking for near-duplicates',
  auditing: 'Auditing',
};

const tabs = [
  ['', 'Pictures'],
  ['audit', 'Audit'],
  ['exclusions', 'Exclusions'],
] as const;

/** A data set: how far it is read, its pictures, what its audit found, what is left out. */
export function DatasetView({ order }: { readonly order: DatasetOrder }) {
  const { state, fault, again } = useDataset(order);
  const { search } = useQuery();
  const params = new URLSearchParams(search);
  const [tab, picture] = [params.get('tab') ?? '', params.get('picture')];
  const error = fault ?? state?.error ?? undefined;
  const { study, path, exclude } = order;
  // Where a list leaves records out, a change of it leaves others.
  const onChange = useCallback(() => {
    if (exclude !== undefined) again();
  }, [exclude, again]);
  const show = tabs.find(([name]) => name === tab)?.[0] ?? '';
  return (
    <ExclusionsOf dataset={state?.facts ? state.id : undefined} onChange={onChange}>
      <h1>
        Data: <bdi>{String(study ?? path)}</bdi>
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
      {state?.facts && <Summary state={state} exclude={exclude === undefined ? undefined : String(exclude)} />}
      <nav className="tabs" aria-label="Views of the data set">
        {tabs.map(([name, title]) => (
          <Link
            key={name}
            href={`/data${changedSearch(search, { tab: name === '' ? undefined : name, picture: undefined, window: undefined })}`}
            aria-current={name === show ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      {state?.facts && show === '' && <Pictures dataset={state} />}
      {state?.facts &&
        show === 'audit' &&
        (study === undefined ? <AuditView dataset={state} /> : <AuditOfStudy study={String(study)} />)}
      {show === 'exclusions' && <ExclusionTable path={path === undefined ? undefined : String(path)} />}
      {state?.facts && picture !== null && <OpenPicture dataset={state} record={picture} />}
    </ExclusionsOf>
  );
}

/** A study audits the parts that it makes itself. */
function AuditOfStudy({ study }: { readonly study: string }) {
  return (
    <p>
      The audit of this study's own split is with <Link href={studyAddress(study)}>the study</Link>.
    </p>
  );
}

function Summary({ state, exclude }: { readonly state: DatasetState; readonly exclude: string | undefined }) {
  const { search } = useQuery();
  const { records, positive, classes, hash, unreadable, leftOut } = state.facts!;
  const also = [
    ...(unreadable.length > 0 ? [`${unreadable.length.toLocaleString('en')} cannot be read`] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length.toLocaleString('en')} are left out`] : []),
  ];
  return (
    <p>
      {records.toLocaleString('en')} {hash === null ? 'files' : 'pictures'} in the classes{' '}
      <bdi>{classes.join(', ')}</bdi>; positive: <bdi>{positive}</bdi>
      {also.length > 0 && `; ${also.join(', ')}`}. <Link href={`/data${datasetSearch(search)}`}>Without filters</Link>
      {exclude !== undefined && (
        <>
          .{' '}
          <Link href={`/data${changedSearch(search, { exclude: undefined })}`}>Also those that {exclude} excludes</Link>
        </>
      )}
    </p>
  );
}
