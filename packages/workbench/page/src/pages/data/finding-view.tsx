import type { Finding } from '@chromaray/contracts';
import { useMemo } from 'react';
import { Link } from '../../router.js';
import { copiesOf, groupsOf } from './evidence.js';
import { useExclusions } from './exclusions.js';
import { FindingPictures } from './finding-pictures.js';
import { Pair } from './pair.js';
import { changedSearch, useQuery } from './query.js';

/** Groups listed at once around the one that is open. */
const listed = 50;

/** The evidence of a finding: groups one by one in pairs, other records as a grid, other facts as they are. */
export function FindingView({ dataset, finding }: { readonly dataset: string; readonly finding: Finding }) {
  const groups = useMemo(() => groupsOf(finding), [finding]);
  const { byRecord, exclude } = useExclusions();
  const { search } = useQuery();
  const wished = Number(new URLSearchParams(search).get('group') ?? 1);
  const at = Math.min(Math.max(Number.isInteger(wished) ? wished : 1, 1), groups.length) - 1;
  const group = groups[at];
  if (group === undefined) return <FindingPictures dataset={dataset} finding={finding} />;
  const copies = copiesOf(groups, new Set(byRecord.keys()));
  const first = Math.max(0, Math.min(at - Math.floor(listed / 2), groups.length - listed));
  return (
    <div className="evidence">
      {copies.length > 0 && (
        <p>
          <button type="button" onClick={() => exclude(copies)}>
            Exclude {copies.length === 1 ? 'the copy' : `all ${copies.length.toLocaleString('en')} copies`}, keep the
            first of each group
          </button>
        </p>
      )}
      {groups.length > 1 && (
        <nav className="groups" aria-label="Groups of this finding">
          {groups.slice(first, first + listed).map(({ members, words }, i) => (
            <Link
              key={members[0]!.record}
              href={`/data${changedSearch(search, { group: String(first + i + 1) })}`}
              aria-current={first + i === at ? 'true' : undefined}
              aria-label={`Group ${first + i + 1}: ${words}`}
            >
              {first + i + 1}
            </Link>
          ))}
        </nav>
      )}
      <p role="status">
        Group {at + 1} of {groups.length}: {group.words}
      </p>
      <Pair key={`${finding.id} ${at}`} dataset={dataset} group={group} />
    </div>
  );
}
