import { bytes, counted, moment } from '@chromaray/base/browser';
import type { StudyReport } from '@chromaray/contracts';
import { apiAddress } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';

interface Beside {
  readonly path: string;
  readonly purpose: string;
  readonly bytes: number;
}

/** When the plan was declared and what was changed since, as the report says it. */
export function Registration({ report }: { readonly report: StudyReport }) {
  const { registration } = report;
  if (registration === undefined) return null;
  if (registration === null) return <p className="warn">This study was never registered.</p>;
  const { registered, hash, declaredBeforeTraining, amendments, earlierVerdicts } = registration;
  return (
    <>
      <h2>Registration</h2>
      <p>
        Registered at {moment(registered)}.{' '}
        {declaredBeforeTraining
          ? 'The plan in force was written down before any trial was finished.'
          : 'The plan in force was not written down before training.'}{' '}
        <span className="faint small">
          SHA-256 of the plan: <code className="hash">{hash}</code>
        </span>
      </p>
      {amendments.length > 0 && (
        <>
          <h3>{counted(amendments.length, 'amendment')}</h3>
          <ol>
            {amendments.map(({ at, reason, what, known }) => (
              <li key={at}>
                {moment(at)}, {known}: {what}. Reason: {reason}
              </li>
            ))}
          </ol>
        </>
      )}
      {earlierVerdicts.map(({ statement, file }) => (
        <p key={file}>
          An earlier verdict said: {statement} (<code>{file}</code>)
        </p>
      ))}
    </>
  );
}

/** The report and what stands beside it. */
export function Files({ path }: { readonly path: string }) {
  const files = useAsked<readonly Beside[]>(`${path}/files`);
  if (files.fault) return <Failure error={files.fault} again={files.again} />;
  return (
    <>
      <h2>Report and files</h2>
      <ul>
        {files.answer?.map(({ path: file, purpose, bytes: size }) => (
          <li key={file}>
            <a href={apiAddress(`${path}/file`, { path: file })} target="_blank" rel="noreferrer">
              {file}
            </a>
            : {purpose} <span className="faint">({bytes(size)})</span>
          </li>
        ))}
      </ul>
    </>
  );
}
