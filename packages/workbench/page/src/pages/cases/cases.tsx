import { useCallback } from 'react';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import type { PageProps } from '../../pages.js';
import { Link, studyAddress, useAddress, useInAddress } from '../../router.js';
import { CaseGrid } from './case-grid.js';
import { type CasePage, useCaseQuery } from './case-query.js';
import { CaseTable } from './case-table.js';
import { CaseView } from './case-view.js';
import { Filters } from './filters.js';
import './cases.css';

/** The test part of a study, case by case. */
export default function Cases({ params }: PageProps) {
  const study = params.study!;
  const path = `/studies/${encodeURIComponent(study)}`;
  const chosen = useCaseQuery();
  const { query } = chosen;
  const [look, setLook] = useInAddress('look', 'table', { step: true });
  const [record] = useInAddress('record');
  const [at] = useInAddress('at', '-1');
  const { search } = useAddress();
  const head = useAsked<CasePage>(`${path}/cases`, { ...query, limit: 1 });
  const linkTo = useCallback(
    (to: string, place: number): string => addressOf(study, search, to, place),
    [study, search],
  );
  const page = head.answer;
  return (
    <>
      <h1>
        Cases of <Link href={studyAddress(study)}>{study}</Link>
      </h1>
      {head.fault && <Failure error={head.fault} again={head.again} />}
      {record !== '' && (
        <CaseView {...{ path, record, query, linkTo }} at={placeOf(at)} back={addressOf(study, search, '', -1)} />
      )}
      {record === '' && page && (
        <>
          <Filters path={`${path}/cases`} chosen={chosen} page={page} />
          <div className="row">
            <button type="button" aria-pressed={look === 'table'} onClick={() => setLook('table')}>
              Table
            </button>
            <button type="button" aria-pressed={look === 'grid'} onClick={() => setLook('grid')}>
              Pictures
            </button>
          </div>
          {page.total === 0 && <p>No case fits.</p>}
          {page.total > 0 && look !== 'grid' && (
            <CaseTable path={`${path}/cases`} {...{ query, linkTo }} arms={page.arms} total={page.total} />
          )}
          {page.total > 0 && look === 'grid' && (
            <CaseGrid path={`${path}/cases`} {...{ query, linkTo }} total={page.total} />
          )}
        </>
      )}
    </>
  );
}

function placeOf(word: string): number {
  const place = Number(word);
  return Number.isInteger(place) ? place : -1;
}

/** The address of a case with the list it is opened from; of that list where the record is empty. */
function addressOf(study: string, search: string, record: string, at: number): string {
  const params = new URLSearchParams(search);
  // Another picture is looked at as it comes; arms and seed stay.
  for (const name of ['record', 'at', 'view']) params.delete(name);
  if (record !== '') {
    params.set('record', record);
    params.set('at', String(at));
  }
  const query = params.toString();
  return `${studyAddress(study, 'cases')}${query === '' ? '' : `?${query}`}`;
}
