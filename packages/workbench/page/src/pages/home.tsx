import { useEffect } from 'react';
import type { StudySummary } from '../../../src/studies/study-state.js';
import type { FoundStudyFile } from '../../../src/workspace/study-files.js';
import { useAsked } from '../api/use-asked.js';
import { Failure } from '../kit/failure.js';
import { ago, stateWords } from '../kit/state-word.js';
import { Link, studyAddress, useInAddress } from '../router.js';

/** How often the list is read again, in milliseconds: studies may be started elsewhere. */
const refresh = 3000;

/** Studies and study files of the opened folder. */
export default function Home() {
  const studies = useAsked<readonly StudySummary[]>('/studies');
  const files = useAsked<readonly FoundStudyFile[]>('/study-files');
  const [state, setState] = useInAddress('state');
  const { again } = studies;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), refresh);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <>
      <h1>Studies</h1>
      <p className="buttons">
        <Link href="/study-file" className="main">
          New study
        </Link>
      </p>
      {studies.fault && <Failure error={studies.fault} again={again} />}
      {studies.answer?.length === 0 && (
        <p>
          No study has been run in this folder. Begin a new one, or try <code>chromaray demo</code>.
        </p>
      )}
      {studies.answer !== undefined && studies.answer.length > 0 && (
        <>
          <label>
            State{' '}
            <select value={state} onChange={({ target }) => setState(target.value)}>
              <option value="">all</option>
              {Object.entries(stateWords).map(([value, [word]]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </select>
          </label>
          <StudyTable studies={studies.answer.filter((study) => state === '' || study.state === state)} />
        </>
      )}
      <h2>Study files</h2>
      {files.fault && <Failure error={files.fault} again={files.again} />}
      {files.answer?.length === 0 && <p>There is no study file in this folder.</p>}
      <ul>
        {files.answer?.map(({ file, study, problem }) => (
          <li key={file}>
            <Link href={`/study-file?file=${encodeURIComponent(file)}`}>{file}</Link>{' '}
            {study === null ? <span className="bad">{problem?.message}</span> : `(${study})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function StudyTable({ studies }: { readonly studies: readonly StudySummary[] }) {
  return (
    <table className="stacked">
      <thead>
        <tr>
          <th>Study</th>
          <th>State</th>
          <th>Verdict</th>
          <th>Arms</th>
          <th className="number">Trials</th>
          <th>Last change</th>
        </tr>
      </thead>
      <tbody>
        {studies.map((study) => (
          <StudyRow key={study.name} study={study} />
        ))}
      </tbody>
    </table>
  );
}

function StudyRow({ study }: { readonly study: StudySummary }) {
  const [word, colour] = stateWords[study.state];
  const { done, planned } = study.trials;
  return (
    <tr>
      <td data-label="Study">
        <Link href={studyAddress(study.name)}>{study.name}</Link>
      </td>
      <td data-label="State">
        <span className={colour}>{word}</span>
        {study.holder !== null && <span className="faint small"> by process {study.holder}</span>}
        {study.error !== null && <div className="small">{study.error.message}</div>}
      </td>
      <td data-label="Verdict">{study.statement ?? '–'}</td>
      <td data-label="Arms">{study.arms.join(', ')}</td>
      <td data-label="Trials" className="number">
        {study.state === 'running' && planned > 0 && (
          <progress value={done} max={planned} aria-label={`${done} of ${planned} trials done`} />
        )}{' '}
        {done} of {planned}
      </td>
      <td data-label="Last change">{study.updated === null ? '–' : ago(study.updated)}</td>
    </tr>
  );
}
