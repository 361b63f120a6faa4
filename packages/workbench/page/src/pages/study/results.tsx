import type { StudyBehaviour, StudyReport } from '@chromaray/contracts';
import type { Thresholds } from '../../../../src/results/thresholds.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { Opening } from './opening.js';
import { Files, Registration } from './plan-part.js';
import { Question } from './question.js';
import { Roc } from './roc.js';

interface ResultsProps {
  readonly name: string;
  readonly part: 'verdict' | 'models' | 'plan';
  readonly control: string | undefined;
  readonly artefacts: readonly string[];
}

/** What came out of a study, in the words of its report. */
export default function Results({ name, part, control, artefacts }: ResultsProps) {
  const path = `/studies/${encodeURIComponent(name)}`;
  const report = useAsked<StudyReport>(`${path}/report`);
  const behaviour = useAsked<StudyBehaviour>(
    artefacts.includes('behaviour') ? `${path}/artefacts/behaviour` : undefined,
  );
  if (report.fault)
    return (
      <>
        <Failure error={report.fault} again={report.again} />
        {part === 'plan' && <Files path={path} />}
      </>
    );
  if (report.answer === undefined) return null;
  const source = { report: report.answer, behaviour: behaviour.answer };
  const shared = { study: name, source };
  if (part === 'verdict')
    return (
      <>
        <Opening {...shared} />
        <Question {...shared} id="answer" />
        <Question {...shared} id="compared" />
        <Question {...shared} id="artefact" />
      </>
    );
  if (part === 'models')
    return (
      <>
        <RocPart path={path} name={name} control={control} />
        <Question {...shared} id="failing" />
      </>
    );
  return (
    <>
      <Question {...shared} id="asked" />
      <Registration report={report.answer} />
      <Question {...shared} id="repeating" />
      <Files path={path} />
    </>
  );
}

function RocPart({
  path,
  name,
  control,
}: {
  readonly path: string;
  readonly name: string;
  readonly control: string | undefined;
}) {
  const thresholds = useAsked<Thresholds>(`${path}/thresholds`);
  return (
    <>
      <h2>ROC curves and thresholds</h2>
      {thresholds.fault && <Failure error={thresholds.fault} again={thresholds.again} />}
      {thresholds.answer?.trials.length === 0 && <p>No trial is finished.</p>}
      {thresholds.answer && thresholds.answer.trials.length > 0 && (
        <Roc study={name} control={control} thresholds={thresholds.answer} />
      )}
    </>
  );
}
