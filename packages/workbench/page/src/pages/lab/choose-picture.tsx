import { useEffect, useState } from 'react';
import type { RecordRow } from '../../../../src/datasets/dataset-order.js';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import type { StudySummary } from '../../../../src/studies/study-state.js';
import { AskError, command, type Fault } from '../../api/client.js';
import { upload } from '../../api/upload.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { DropFile } from '../../viewing/drop-file.js';

/** Where a picture comes from: dropped, or a record of the data set of a study or of a folder. */
export interface Source {
  readonly picture: string;
  /** `study:<name>` or `path:<folder>`. */
  readonly data: string;
  readonly record: string;
}

interface ChoosePictureProps {
  readonly source: Source;
  readonly onChange: (source: Source) => void;
  /** Told when the data set of the source is open, with its id. */
  readonly onDataset: (id: string | undefined) => void;
}

export function ChoosePicture({ source, onChange, onDataset }: ChoosePictureProps) {
  const studies = useAsked<readonly StudySummary[]>('/studies');
  const [sent, setSent] = useState<number>();
  const [fault, setFault] = useState<Fault>();
  const [folder, setFolder] = useState(source.data.startsWith('path:') ? source.data.slice(5) : '');
  const drop = (file: File): void => {
    setFault(undefined);
    setSent(0);
    upload<{ id: string }>('/pictures', file, setSent)
      .then(
        ({ id }) => onChange({ picture: id, data: '', record: '' }),
        (error: unknown) => error instanceof AskError && setFault(error.fault),
      )
      .finally(() => setSent(undefined));
  };
  return (
    <fieldset className="choice">
      <legend>The X-ray</legend>
      <DropFile what="an X-ray (JPEG, PNG, PGM or DICOM)" onFile={drop} />
      {sent !== undefined && (
        <p role="status">
          <progress value={sent} max={1} aria-label="Share sent" /> {sent < 1 ? 'Sent to the program' : 'Being read'} …
        </p>
      )}
      {fault && <Failure error={fault} />}
      <div className="row">
        <label>
          Data set of the study{' '}
          <select
            value={source.data.startsWith('study:') ? source.data : ''}
            onChange={({ target }) => onChange({ picture: '', data: target.value, record: '' })}
          >
            <option value="">choose …</option>
            {studies.answer?.map(({ name }) => (
              <option key={name} value={`study:${name}`}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (folder !== '') onChange({ picture: '', data: `path:${folder}`, record: '' });
          }}
        >
          <label>
            or of the folder <input value={folder} size={18} onChange={({ target }) => setFolder(target.value)} />
          </label>{' '}
          <button type="submit">Open</button>
        </form>
      </div>
      {source.data !== '' && (
        <ChooseRecord key={source.data} source={source} onChange={onChange} onDataset={onDataset} />
      )}
    </fieldset>
  );
}

/** How often a data set that is being read is asked how far it is, in milliseconds. */
const again = 700;
/** Records listed at once; what is typed narrows them. */
const listed = 50;

function ChooseRecord({ source, onChange, onDataset }: ChoosePictureProps) {
  const [state, setState] = useState<DatasetState>();
  const [fault, setFault] = useState<Fault>();
  const [part, setPart] = useState('');
  const { data } = source;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let left = false;
    const ask = (): void => {
      const body = data.startsWith('study:') ? { study: data.slice(6) } : { path: data.slice(5) };
      command<DatasetState>('/datasets/open', body).then(
        (found) => {
          if (left) return;
          setState(found);
          if (found.facts !== null) onDataset(found.id);
          else if (found.error === null) timer = setTimeout(ask, again);
        },
        (error: unknown) => {
          if (!left && error instanceof AskError) setFault(error.fault);
        },
      );
    };
    ask();
    return () => {
      left = true;
      clearTimeout(timer);
      onDataset(undefined);
    };
  }, [data, onDataset]);
  const ready = state?.facts !== undefined && state.facts !== null;
  const records = useAsked<{ total: number; records: readonly RecordRow[] }>(
    ready ? `/datasets/${state.id}/records` : undefined,
    { limit: listed, text: part === '' ? undefined : part },
  );
  const error = fault ?? state?.error ?? records.fault;
  if (error) return <Failure error={error} />;
  if (!ready)
    return (
      <p role="status">
        <progress
          {...(state?.progress?.total ? { value: state.progress.done, max: state.progress.total } : {})}
          aria-label="Records read"
        />{' '}
        The data set is being read: {state?.progress?.done ?? 0} of {state?.progress?.total || '…'} files.
      </p>
    );
  const found = records.answer?.records ?? [];
  const rows =
    found.some(({ id }) => id === source.record) || source.record === '' ? found : [{ id: source.record }, ...found];
  return (
    <div className="row">
      <label>
        Name contains <input value={part} size={14} onChange={({ target }) => setPart(target.value)} />
      </label>
      <label>
        Record{' '}
        <select value={source.record} onChange={({ target }) => onChange({ picture: '', data, record: target.value })}>
          <option value="">choose …</option>
          {rows.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      </label>
      {records.answer && records.answer.total > listed && (
        <span className="small faint">
          The first {listed} of {records.answer.total}; type a part of the name to see others.
        </span>
      )}
    </div>
  );
}
