import type { GrayPicture, Shown } from '@chromaray/viewer';
import { useEffect, useMemo, useState } from 'react';
import { Failure } from '../../kit/failure.js';
import { useInAddress } from '../../router.js';
import { grayOf } from '../../viewing/read-picture.js';
import { usePicture } from '../../viewing/use-picture.js';
import { useViewGroup, type ViewGroup } from '../../viewing/view-group.js';
import { XRay } from '../../viewing/x-ray.js';
import { difference, mirror } from './difference.js';
import type { EvidenceGroup, Member } from './evidence.js';
import { ExcludeForm } from './exclude-form.js';

interface PairProps {
  readonly dataset: string;
  readonly group: EvidenceGroup;
}

const modes = [
  ['', 'Side by side'],
  ['flicker', 'Flicker'],
  ['difference', 'Difference'],
] as const;

/** Milliseconds that each picture is shown while they flicker: less than three changes a second, which harm nobody. */
const flickerEvery = 600;

/** Two pictures of a group: side by side with linked viewers, one after the other in one place, or their difference. */
export function Pair({ dataset, group }: PairProps) {
  const { members } = group;
  const [mode, setMode] = useInAddress('mode');
  const [left, setLeft] = useState(0);
  const [right, setRight] = useState(1);
  const [mirrored, setMirrored] = useState(group.mirrored);
  const viewers = useViewGroup('window');
  const [a, b] = [members[left]!, members[right]!];
  const first = usePicture(`/datasets/${dataset}/picture`, { record: a.record });
  const second = usePicture(`/datasets/${dataset}/picture`, { record: b.record });
  const shownFirst = useMemo(
    () => first.picture && { gray: grayOf(first.picture), name: a.record },
    [first.picture, a.record],
  );
  const shownSecond = useMemo(() => {
    if (second.picture === undefined) return undefined;
    const gray = grayOf(second.picture);
    return { gray: mirrored && mode !== '' ? mirror(gray) : gray, name: b.record };
  }, [second.picture, b.record, mirrored, mode]);
  return (
    <div className="pair">
      <fieldset className="row pair-modes">
        <legend className="unseen">How the two are shown</legend>
        {modes.map(([value, name]) => (
          <label key={value}>
            <input type="radio" name="mode" checked={mode === value} onChange={() => setMode(value)} /> {name}
          </label>
        ))}
        {mode !== '' && (
          <label>
            <input type="checkbox" checked={mirrored} onChange={({ target }) => setMirrored(target.checked)} /> Mirror
            the second
          </label>
        )}
      </fieldset>
      {[first.fault, second.fault].map(
        (fault, i) => fault && <Failure key={i === 0 ? 'first' : 'second'} error={fault} />,
      )}
      {mode === '' ? (
        <div className="panels">
          <XRay shown={shownFirst} group={viewers} waiting="Reading the picture" />
          <XRay shown={shownSecond} group={viewers} waiting="Reading the picture" />
        </div>
      ) : mode === 'flicker' ? (
        <Flicker first={shownFirst} second={shownSecond} viewers={viewers} />
      ) : (
        <Difference first={shownFirst?.gray} second={shownSecond?.gray} viewers={viewers} />
      )}
      <div className="panels">
        <Side member={a} other={b} group={group} onChoose={setLeft} chosen={left} taken={right} />
        <Side member={b} other={a} group={group} onChoose={setRight} chosen={right} taken={left} />
      </div>
    </div>
  );
}

interface SideProps {
  readonly member: Member;
  readonly other: Member;
  readonly group: EvidenceGroup;
  readonly chosen: number;
  /** Of the other side. */
  readonly taken: number;
  readonly onChoose: (index: number) => void;
}

/** What is known of one side, and its exclusion. */
function Side({ member, other, group: { members, reasonBeside }, chosen, taken, onChoose }: SideProps) {
  const { record, label, patient, part } = member;
  return (
    <section className="panel" aria-label={record}>
      {members.length > 2 ? (
        <select
          aria-label="Picture of this side"
          value={chosen}
          onChange={({ target }) => onChoose(Number(target.value))}
        >
          {members.map((one, i) => (
            <option key={one.record} value={i} disabled={i === taken}>
              {one.record}
            </option>
          ))}
        </select>
      ) : (
        <p className="name">
          <bdi>{record}</bdi>
        </p>
      )}
      <p className="small faint">
        {[label, part ?? 'in no part', patient === null ? 'patient unknown' : `patient ${patient}`].join(', ')}
      </p>
      <ExcludeForm key={record} record={record} reason={reasonBeside?.(other.record) ?? ''} />
    </section>
  );
}

interface BothProps<What> {
  readonly first: What | undefined;
  readonly second: What | undefined;
  readonly viewers: ViewGroup;
}

function Flicker({ first, second, viewers }: BothProps<Shown>) {
  const [showsSecond, setShowsSecond] = useState(false);
  const [runs, setRuns] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setShowsSecond((before) => !before), flickerEvery);
    return () => clearInterval(timer);
  }, [runs]);
  const ready = first !== undefined && second !== undefined;
  return (
    <>
      <p className="row">
        <button type="button" aria-pressed={runs} onClick={() => setRuns(!runs)}>
          {runs ? 'Stop' : 'Flicker'}
        </button>
        <button
          type="button"
          onClick={() => {
            setRuns(false);
            setShowsSecond(!showsSecond);
          }}
        >
          Swap
        </button>
        <bdi className="name">{ready && (showsSecond ? second : first).name}</bdi>
      </p>
      <XRay shown={ready ? (showsSecond ? second : first) : undefined} group={viewers} waiting="Reading the pictures" />
    </>
  );
}

function Difference({ first, second, viewers }: BothProps<GrayPicture>) {
  const shown = useMemo(
    // The second is mirrored already, where that is wished.
    () => first && second && { gray: difference(first, second, false), name: 'Difference of the two pictures' },
    [first, second],
  );
  return (
    <>
      <XRay shown={shown} group={viewers} waiting="Reading the pictures" />
      <p className="small faint">
        Black where the two are equal, white where they differ by half their range or more. The second is scaled to the
        size of the first, and not turned or moved.
      </p>
    </>
  );
}
