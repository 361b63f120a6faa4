import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { z } from 'zod';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import type { recordPlaceSchema } from '../../../../src/datasets/select-records.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { grayOf } from '../../viewing/read-picture.js';
import { usePicture } from '../../viewing/use-picture.js';
import { useViewGroup } from '../../viewing/view-group.js';
import { XRay } from '../../viewing/x-ray.js';
import { datasetVersion } from './dataset-version.js';
import { ExcludeForm } from './exclude-form.js';
import { useQuery } from './query.js';
import { RecordFacts } from './record-facts.js';

type RecordPlace = z.output<typeof recordPlaceSchema>;

interface OpenPictureProps {
  readonly dataset: DatasetState;
  readonly record: string;
}

/** Keys that lead to the picture before and after: none that the viewer takes. */
const steps: Readonly<Record<string, 'previous' | 'next'>> = {
  PageUp: 'previous',
  p: 'previous',
  PageDown: 'next',
  n: 'next',
};

/** A picture in the viewer, over the page. Its window is in the address; Page Up and Page Down lead through the selection. */
export function OpenPicture({ dataset, record }: OpenPictureProps) {
  const { query, change, search } = useQuery();
  const at = `/datasets/${dataset.id}`;
  const place = useAsked<RecordPlace>(`${at}/record`, { ...query, record }, datasetVersion(dataset, query));
  const { picture, fault } = usePicture(`${at}/picture`, { record });
  const group = useViewGroup('window');
  const shown = useMemo(() => picture && { gray: grayOf(picture), name: record }, [picture, record]);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current!.showModal();
  }, []);
  const shut = { picture: undefined, window: undefined };
  // The audit has no filters: what it was opened from goes with it.
  const ofAudit = new URLSearchParams(search).get('tab') === 'audit';
  const close = (): void => change({ ...shut, ...(ofAudit && { finding: undefined }) });
  const here = place.answer?.record.id === record ? place.answer : undefined;
  const step = (way: 'previous' | 'next'): void => {
    const to = here?.[way];
    if (to == null) return;
    group.forgetWindow();
    change({ picture: to, window: undefined }, { replace: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = steps[event.key];
    const typing = event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
    if (way === undefined || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(way);
  };
  return (
    <dialog
      ref={dialog}
      className="picture-dialog"
      aria-label={`Picture ${record}`}
      onKeyDown={onKeyDown}
      onClose={close}
    >
      <header className="picture-head">
        <h2>
          <bdi>{record}</bdi>
        </h2>
        {here !== undefined && here.index !== null && (
          <span className="faint" role="status">
            {(here.index + 1).toLocaleString('en')} of {here.total.toLocaleString('en')}
          </span>
        )}
        <span className="picture-steps">
          <button type="button" disabled={here?.previous == null} title="Page Up" onClick={() => step('previous')}>
            Previous
          </button>
          <button type="button" disabled={here?.next == null} title="Page Down" onClick={() => step('next')}>
            Next
          </button>
          <button type="button" onClick={() => dialog.current!.close()}>
            Close
          </button>
        </span>
      </header>
      {fault && <Failure error={fault} />}
      {place.fault && place.fault.message !== fault?.message && <Failure error={place.fault} again={place.again} />}
      <div className="picture-body">
        {fault === undefined && <XRay shown={shown} group={group} waiting="Reading the picture" />}
        {here !== undefined && (
          <div>
            <RecordFacts
              record={here.record}
              onPatient={(patient) => change({ ...shut, tab: undefined, finding: undefined, patient })}
            />
            <ExcludeForm key={record} record={record} reason="" />
          </div>
        )}
      </div>
    </dialog>
  );
}
