import { type FormEvent, useState } from 'react';
import type { StudySummary } from '../../../../src/studies/study-state.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { goTo, Link } from '../../router.js';

/** Data sets of the opened folder and of its studies. */
export function ChooseDataset() {
  const found = useAsked<readonly string[]>('/datasets');
  const studies = useAsked<readonly StudySummary[]>('/studies');
  const [path, setPath] = useState('');
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() !== '') goTo(addressOf('path', path.trim()));
  };
  return (
    <>
      <h1>Data</h1>
      {found.fault && <Failure error={found.fault} again={found.again} />}
      {found.answer?.length === 0 && <p>Nothing in the opened folder looks like a data set of X-rays.</p>}
      <ul>
        {found.answer?.map((one) => (
          <li key={one}>
            <Link href={addressOf('path', one)}>
              <bdi>{one === '.' ? 'The opened folder' : one}</bdi>
            </Link>
          </li>
        ))}
      </ul>
      <form className="row" onSubmit={open}>
        <label>
          Folder, CSV manifest, .zip or .npz within the opened folder{' '}
          <input value={path} onChange={({ target }) => setPath(target.value)} />
        </label>
        <button type="submit">Open</button>
      </form>
      {studies.answer !== undefined && studies.answer.length > 0 && (
        <>
          <h2>As studies read them</h2>
          <ul>
            {studies.answer.map(({ name }) => (
              <li key={name}>
                <Link href={addressOf('study', name)}>{name}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function addressOf(key: 'path' | 'study', value: string): string {
  return `/data?${new URLSearchParams({ [key]: value })}`;
}
