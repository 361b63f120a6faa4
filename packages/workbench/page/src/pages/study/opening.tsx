import { counted, listed } from '@chromaray/base/browser';
import type { StudyReport } from '@chromaray/contracts';
import { Link, studyAddress } from '../../router.js';
import type { FigureSource } from './figure-rows.js';
import { ReportFigure } from './report-figure.js';
import { figuresOf, type QuestionId } from './report-text.js';

interface OpeningProps {
  readonly study: string;
  readonly source: FigureSource;
}

/** The verdict and whatever a reader must know before believing it: the report's first screen, in its words. */
export function Opening({ study, source }: OpeningProps) {
  const { report } = source;
  const { opening } = report;
  const [wide, narrow] = figuresOf(report, 'forest');
  return (
    <section className="opening" aria-label="Verdict">
      {opening && <p className="faint">{opening.asked}</p>}
      <p className={`verdict ${colours[report.verdict] ?? 'bad'}`}>{opening?.title ?? report.verdict}</p>
      <p className="statement">{report.statement}</p>
      <Chips study={study} report={report} />
      <Warnings report={report} />
      {wide === undefined && (
        <p className="warn">
          No arm can be compared yet: the control and at least one other arm need a finished trial with the same seed.
        </p>
      )}
      <div className="first-figures">
        {wide && narrow && (
          <>
            <div className="only-wide">
              <ReportFigure study={study} entry={wide} source={source} />
            </div>
            <div className="only-narrow">
              <ReportFigure study={study} entry={narrow} source={source} />
            </div>
          </>
        )}
        {[...figuresOf(report, 'auroc'), ...figuresOf(report, 'endpoint')].map((entry) => (
          <ReportFigure key={entry.file} study={study} entry={entry} source={source} />
        ))}
      </div>
      {opening && <p className="faint">{opening.basis}</p>}
    </section>
  );
}

const colours: Readonly<Partial<Record<StudyReport['verdict'], string>>> = {
  helps: 'good',
  'no meaningful difference': 'good',
  inconclusive: 'warn',
};

/** Where the page says more, by the report's part: another part of the page, or a question of this one. */
const partOf: Readonly<Record<string, string>> = { asked: 'plan', trained: 'training' };
const questionBelow: Readonly<Record<string, QuestionId>> = { compared: 'answer' };

function Chips({ study, report }: { readonly study: string; readonly report: StudyReport }) {
  const doubts = report.opening?.doubts ?? [];
  if (doubts.length === 0) return null;
  return (
    <ul className="chips" aria-label="Read with care">
      {doubts.map(({ kind, chip, part }) => (
        <li key={kind}>
          {part in partOf ? (
            <Link href={`${studyAddress(study)}?part=${partOf[part]}`}>{chip}</Link>
          ) : (
            <a href={`#${questionBelow[part] ?? 'artefact'}`}>{chip}</a>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What limits the answer. */
function Warnings({ report }: { readonly report: StudyReport }) {
  const { risksAccepted, partial, missing, findings, numbers } = report;
  const amended = numbers.amendedAfterResults ?? [];
  return (
    <>
      {amended.length > 0 && (
        <p className="warning">
          <strong>Plan changed after results could be known</strong>: {amended.join('; ')}. What this page says answers
          a question that was asked afterwards.
        </p>
      )}
      {risksAccepted.length > 0 && (
        <p className="warning">
          <strong>Risk accepted</strong>: the audit would have stopped this study. Somebody chose to continue, so its
          numbers may not mean what they say:{' '}
          {risksAccepted.map((id) => findings.find((finding) => finding.id === id)?.title ?? id).join('; ')}.
        </p>
      )}
      {partial && (
        <p className="warning">
          <strong>Partial report</strong>:{' '}
          {missing.length === 0
            ? 'the study has not finished'
            : `${counted(missing.length, 'trial')} of the study ${missing.length === 1 ? 'is' : 'are'} missing (${listed([...new Set(missing.map(({ arm, state }) => `${arm} ${state}`))])})`}
          . Every number may still change.
        </p>
      )}
    </>
  );
}
