import type { Audit, Finding } from '@chromaray/contracts';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { useAsked } from '../../api/use-asked.js';
import { CopyTable } from '../../kit/copy-table.js';
import { Failure } from '../../kit/failure.js';
import { Words } from '../../kit/words.js';
import { Link } from '../../router.js';
import { FindingView } from './finding-view.js';
import { changedSearch, useQuery } from './query.js';

/** How a finding's severity is called, and the class that colours it. */
const severityWords: Readonly<Record<Finding['severity'], readonly [word: string, colour: string]>> = {
  blocks: ['Blocks', 'bad'],
  warns: ['Warning', 'warn'],
  notes: ['Note', 'faint'],
};

/** What the audit found, gravest first; the finding that the address names is unfolded, with its pictures. */
export function AuditView({ dataset }: { readonly dataset: DatasetState }) {
  const {
    answer: audit,
    fault,
    again,
  } = useAsked<Audit>(dataset.audited ? `/datasets/${dataset.id}/audit` : undefined);
  const { search } = useQuery();
  const open = new URLSearchParams(search).get('show');
  if (fault !== undefined) return <Failure error={fault} again={again} />;
  if (audit === undefined)
    return (
      <p role="status">
        {dataset.progress === null ? 'This data set has not been audited here.' : 'The audit is not done yet.'}
      </p>
    );
  const { counts, checks, findings, notRun = [] } = audit;
  // Files that cannot be read, or are left out, are named by findings and have no picture to show.
  const { unreadable = [], leftOut = [] } = dataset.facts ?? {};
  const without = new Set([...unreadable, ...leftOut].map(({ id }) => id));
  const pictures = ({ records }: Finding): number => records.filter((record) => !without.has(record)).length;
  return (
    <section aria-labelledby="audit">
      <h2 id="audit">Audit</h2>
      <p className="row">
        <span role="status">
          {checks.length} checks of {counts.records.toLocaleString('en')} pictures: {counts.blocks} blocking,{' '}
          {counted(counts.warns, 'warning')}, {counted(counts.notes, 'note')}.
        </span>
        <CopyTable
          columns={['severity', 'finding', 'title', 'reason', 'remedy', 'records']}
          rows={findings.map(({ severity, id, title, reason, remedy, records }) => [
            ...[severityWords[severity][0], id, title, reason, remedy],
            records.join(' | '),
          ])}
        />
      </p>
      {notRun.length > 0 && (
        <div className="not-checked">
          <h3>Not checked</h3>
          <ul>
            {notRun.map(({ check, reason }) => (
              <li key={`${check} ${reason}`}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {findings.length === 0 && <p>Nothing was found.</p>}
      <ol className="findings">
        {findings.map((finding) => {
          const [word, colour] = severityWords[finding.severity];
          const isOpen = open === finding.id;
          return (
            <li key={finding.id} className={`finding ${finding.severity}`}>
              <h3>
                <span className={colour}>{word}</span>: {finding.title}
              </h3>
              <p>{finding.reason}</p>
              <p>
                <Words text={finding.remedy} />
              </p>
              <p className="row">
                <Link
                  aria-expanded={isOpen}
                  href={`/data${changedSearch(search, { show: isOpen ? undefined : finding.id, group: undefined })}`}
                >
                  {isOpen ? 'Fold' : 'Show'} the evidence
                  <span className="unseen"> of {finding.title}</span>
                </Link>
                {pictures(finding) > 0 && (
                  <Link
                    href={`/data${changedSearch(search, { tab: undefined, show: undefined, finding: finding.id })}`}
                  >
                    {counted(pictures(finding), 'picture')} in the grid
                    <span className="unseen"> of {finding.title}</span>
                  </Link>
                )}
                <code className="small">{finding.id}</code>
              </p>
              {isOpen && <FindingView dataset={dataset.id} finding={finding} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}
