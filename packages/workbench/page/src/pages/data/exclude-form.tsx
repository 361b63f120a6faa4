import { type FormEvent, useId, useState } from 'react';
import { useExclusions } from './exclusions.js';

interface ExcludeFormProps {
  readonly record: string;
  /** What is written unless the reader writes something else. */
  readonly reason: string;
}

/** Excludes a record with a reason, or takes it back. */
export function ExcludeForm({ record, reason }: ExcludeFormProps) {
  const { byRecord, exclude, undo } = useExclusions();
  const [own, setOwn] = useState<string>();
  const id = useId();
  const listed = byRecord.get(record);
  if (listed !== undefined)
    return (
      <p className="excluded">
        <span className="bad">Excluded</span>: <bdi>{listed.reason}</bdi>{' '}
        <button type="button" onClick={() => undo([record])}>
          Undo<span className="unseen"> the exclusion of {record}</span>
        </button>
      </p>
    );
  const text = own ?? reason;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') exclude([{ record, reason: text.trim() }]);
  };
  return (
    <form className="exclude" onSubmit={submit}>
      <label htmlFor={id}>Reason</label>
      <input id={id} value={text} maxLength={500} required onChange={({ target }) => setOwn(target.value)} />
      <button type="submit">
        Exclude<span className="unseen"> {record}</span>
      </button>
    </form>
  );
}
