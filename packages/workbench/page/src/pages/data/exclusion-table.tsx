import { CopyTable } from '../../kit/copy-table.js';
import { Failure } from '../../kit/failure.js';
import { Paged } from '../../kit/paged.js';
import { Link } from '../../router.js';
import { useExclusions } from './exclusions.js';
import { changedSearch, useQuery } from './query.js';

/** What is left out, why and since when; how a study uses the list, and how to audit without those records. */
export function ExclusionTable({ path }: { readonly path: string | undefined }) {
  const { file, setFile, listed, undo, fault } = useExclusions();
  const { search } = useQuery();
  return (
    <section aria-labelledby="exclusions">
      <h2 id="exclusions">Exclusions</h2>
      <p>
        Excluded pictures stay where they are: a list names them, with a reason and the time. A study leaves them out
        when its file says <code>{`exclude: ${file}`}</code> under <code>dataset</code>; its audit and report count them
        by reason.
      </p>
      <label className="row">
        List in the opened folder
        <input
          key={file}
          defaultValue={file}
          onBlur={({ target }) => setFile(target.value.trim() || 'exclude.csv')}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        />
      </label>
      {fault && <Failure error={fault} />}
      {fault === undefined && listed.length === 0 && <p>Nothing is excluded.</p>}
      {listed.length > 0 && (
        <>
          <p className="row">
            <span role="status">{listed.length.toLocaleString('en')} excluded.</span>
            {path !== undefined && (
              <Link href={`/data${changedSearch(search, { exclude: file, tab: 'audit', show: undefined })}`}>
                Audit without them
              </Link>
            )}
            <CopyTable
              columns={['record', 'reason', 'time']}
              rows={listed.map((one) => [one.record, one.reason, one.time])}
            />
          </p>
          <Paged rows={listed} of="exclusions">
            {(rows) => (
              <div className="wide">
                <table className="stacked">
                  <thead>
                    <tr>
                      <th>Record</th>
                      <th>Reason</th>
                      <th>Time</th>
                      <th>
                        <span className="unseen">Undo</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map(({ record, reason, time }) => (
                      <tr key={record}>
                        <td data-label="Record" className="name">
                          <bdi>{record}</bdi>
                        </td>
                        <td data-label="Reason">{reason}</td>
                        <td data-label="Time">
                          {time === '' ? '–' : time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}
                        </td>
                        <td>
                          <button type="button" onClick={() => undo([record])}>
                            Undo<span className="unseen"> the exclusion of {record}</span>
                          </button>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Paged>
        </>
      )}
    </section>
  );
}
