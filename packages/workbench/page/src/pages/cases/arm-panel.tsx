import type { GrayPicture } from '@chromaray/viewer';
import { type RefObject, useMemo } from 'react';
import type { Case } from '../../../../src/results/cases.js';
import { Failure } from '../../kit/failure.js';
import { colourOf } from '../../viewing/read-picture.js';
import { usePicture } from '../../viewing/use-picture.js';
import type { ViewGroup } from '../../viewing/view-group.js';
import { XRay } from '../../viewing/x-ray.js';
import { Mark } from './case-table.js';

interface ArmPanelProps {
  readonly path: string;
  readonly gray: GrayPicture;
  readonly one: Case;
  readonly arm: string;
  readonly seed: string;
  readonly group: ViewGroup;
  readonly onSeed: (seed: string) => void;
  /** Whether the viewer takes the keys once it shows something. */
  readonly focus: RefObject<boolean>;
}

/** A case as one arm sees it: its colours, and where one of its networks looks. */
export function ArmPanel({ path, gray, one, arm, seed, group, onSeed, focus }: ArmPanelProps) {
  const said = one.arms.find((known) => known.arm === arm);
  const chosen = said?.ofSeeds.find((known) => String(known.seed) === seed) ?? said?.ofSeeds[0];
  const seen = usePicture(`${path}/seen`, { arm, record: one.record });
  const map = usePicture(chosen && `${path}/map`, { arm, seed: chosen?.seed, record: one.record });
  const shown = useMemo(() => {
    if (seen.picture === undefined) return undefined;
    const colour = colourOf(seen.picture);
    const found = map.picture;
    const overlay = found && {
      ...{ width: found.header.width, height: found.header.height },
      data: found.data as Uint8Array,
    };
    return { gray, name: `${one.record} as ${arm} sees it`, ...(colour && { colour }), ...(overlay && { overlay }) };
  }, [seen.picture, map.picture, gray, one.record, arm]);
  const about = map.picture?.header.about as { towards: string; empty: boolean } | undefined;
  return (
    <article className="panel" aria-label={arm}>
      <div className="panel-head">
        <h2>{arm}</h2>
        {said && (
          <span>
            {said.ofSeeds.length > 1 && <span className="small faint">mean of {said.ofSeeds.length} seeds </span>}
            {said.probability.toFixed(3)} <Mark outcome={said.outcome} called={said.called} />
          </span>
        )}
        {said && (
          <label>
            Seed{' '}
            <select value={String(chosen?.seed)} onChange={({ target }) => onSeed(target.value)}>
              {said.ofSeeds.map((known) => (
                <option key={known.seed} value={known.seed}>
                  {known.seed} ({known.probability.toFixed(3)})
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {seen.fault ? (
        <Failure error={seen.fault} />
      ) : (
        <XRay shown={shown} group={group} first={firstLook} focus={focus} waiting="The picture is being read …" />
      )}
      {map.fault && <Failure error={map.fault} />}
      {map.asking && <p className="small">Where the network looks is being worked out …</p>}
      {about && (
        <p className="small">
          {about.empty
            ? `Nothing in the last feature map speaks for ${about.towards}: the map is empty.`
            : `The overlay shows where the evidence for ${about.towards} lies (Grad-CAM, seed ${chosen?.seed}); its strength can be compared within this picture only.`}
        </p>
      )}
    </article>
  );
}

const firstLook = { colour: 1, overlay: 0.4 };
