import { useEffect, useMemo, useRef } from 'react';
import type { Case } from '../../../../src/results/cases.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { goTo, Link, useInAddress } from '../../router.js';
import { grayOf } from '../../viewing/read-picture.js';
import { usePicture } from '../../viewing/use-picture.js';
import { useViewGroup } from '../../viewing/view-group.js';
import { ArmPanel } from './arm-panel.js';
import type { CasePage, CaseQuery } from './case-query.js';
import { DotChart } from './dot-chart.js';

interface CaseViewProps {
  /** Of the study, in the interface. */
  readonly path: string;
  readonly record: string;
  /** Its place in the list; below 0 where it was not opened from one. */
  readonly at: number;
  readonly query: CaseQuery;
  readonly linkTo: (record: string, at: number) => string;
  readonly back: string;
}

/** One case: what every network says of it, and what one or two arms see. */
export function CaseView({ path, record, at, query, linkTo, back }: CaseViewProps) {
  const [left, setLeft] = useInAddress('left', '', { step: true });
  const [beside, setBeside] = useInAddress('beside', '', { step: true });
  const [seed, setSeed] = useInAddress('seed', '', { step: true });
  const group = useViewGroup();
  const asked = useAsked<Case>(`${path}/case`, { record });
  const gray = usePicture(`${path}/seen`, { record });
  const shownGray = useMemo(() => gray.picture && grayOf(gray.picture), [gray.picture]);
  const offset = Math.max(0, at - 1);
  const around = useAsked<CasePage>(at < 0 ? undefined : `${path}/cases`, { ...query, offset, limit: 3 });
  const neighbours = around.answer?.cases ?? [];
  const before = at > 0 ? neighbours[0] : undefined;
  const after = neighbours[at - offset + 1];
  // The next case has viewers of its own: the keys of a reader who was in one of this case's go on there.
  const wasInViewer = useRef(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as HTMLElement).closest('input, select, textarea') !== null) return;
      const to =
        event.key === 'p' && before
          ? linkTo(before.record, at - 1)
          : event.key === 'n' && after
            ? linkTo(after.record, at + 1)
            : undefined;
      if (to === undefined) return;
      wasInViewer.current = (event.target as HTMLElement).closest('[role="application"]') !== null;
      goTo(to);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [before, after, at, linkTo]);
  const one = asked.answer?.record === record ? asked.answer : undefined;
  const arms = one?.arms.map(({ arm }) => arm) ?? [];
  const first = arms.includes(left) ? left : (arms.at(-1) ?? '');
  const shown = [first, ...(arms.includes(beside) && beside !== first ? [beside] : [])];
  return (
    <>
      <div className="row">
        <Link href={back}>All cases</Link>
        {before ? (
          <Link href={linkTo(before.record, at - 1)}>Previous (p)</Link>
        ) : (
          <span className="faint">Previous</span>
        )}
        {after ? <Link href={linkTo(after.record, at + 1)}>Next (n)</Link> : <span className="faint">Next</span>}
        {at >= 0 && around.answer && (
          <span className="small faint">
            {at + 1} of {around.answer.total}
          </span>
        )}
      </div>
      <h2 className="case-title">
        <bdi>{record}</bdi>
      </h2>
      {asked.fault && <Failure error={asked.fault} />}
      {one && (
        <>
          <p>
            Truth: <strong>{one.label}</strong>
            {one.patient !== null && `, patient ${one.patient}`}. Error {one.error.toFixed(3)}, arms apart by{' '}
            {one.disagreement.toFixed(3)}, seeds of one arm by {one.spread.toFixed(3)}.
          </p>
          <DotChart one={one} />
          <div className="row">
            <ArmChoice label="Arm" value={first} arms={arms} onChoose={setLeft} />
            <ArmChoice
              label="Beside it"
              value={shown[1] ?? ''}
              arms={arms.filter((arm) => arm !== first)}
              none
              onChoose={setBeside}
            />
          </div>
          {gray.fault && <Failure error={gray.fault} />}
          {gray.asking && <p role="status">The picture is being read …</p>}
          {shownGray && (
            <div className={shown.length > 1 ? 'panels two' : 'panels one'}>
              {shown.map((arm) => (
                <ArmPanel
                  key={arm}
                  {...{ path, one, arm, seed, group }}
                  gray={shownGray}
                  onSeed={setSeed}
                  focus={wasInViewer}
                />
              ))}
            </div>
          )}
        </>
      )}
    </>
  );
}

interface ArmChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly arms: readonly string[];
  readonly none?: boolean;
  readonly onChoose: (arm: string) => void;
}

function ArmChoice({ label, value, arms, none = false, onChoose }: ArmChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        {none && <option value="">none</option>}
        {arms.map((arm) => (
          <option key={arm}>{arm}</option>
        ))}
      </select>
    </label>
  );
}
