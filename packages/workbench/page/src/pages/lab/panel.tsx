import type { ColourSpec } from '@chromaray/contracts';
import type { GrayPicture } from '@chromaray/viewer';
import { useMemo } from 'react';
import { colourName } from '../../../../src/lab/colour-name.js';
import type { LumaKept } from '../../../../src/lab/luma-kept.js';
import { Failure } from '../../kit/failure.js';
import { colourOf } from '../../viewing/read-picture.js';
import { usePicture } from '../../viewing/use-picture.js';
import type { ViewGroup } from '../../viewing/view-group.js';
import { XRay } from '../../viewing/x-ray.js';
import { lumaWords } from './luma-words.js';
import { MakeArm } from './make-arm.js';

interface PanelProps {
  readonly gray: GrayPicture;
  /** Which picture, as parameters of the address of its colours. */
  readonly source: Readonly<Record<string, string>>;
  readonly colour: ColourSpec;
  readonly group: ViewGroup;
  readonly onRemove: () => void;
}

/** One colour of the picture in a viewer, with what it leaves of its brightness. */
export function Panel({ gray, source, colour, group, onRemove }: PanelProps) {
  const { picture, fault } = usePicture('/lab/coloured', { ...source, colour: JSON.stringify(colour) });
  const name = colourName(colour);
  const shown = useMemo(() => {
    if (picture === undefined) return undefined;
    const rgb = colourOf(picture);
    return { gray, name: `X-ray in ${name}`, ...(rgb && { colour: rgb }) };
  }, [gray, picture, name]);
  const about = picture?.header.about as { luma: LumaKept; seconds: number } | undefined;
  return (
    <article className="panel" aria-label={name}>
      <div className="panel-head">
        <h2>{name}</h2>
        <button type="button" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </button>
      </div>
      {fault ? (
        <Failure error={fault} />
      ) : (
        <XRay shown={shown} group={group} first={allColour} waiting="Its colours are being computed …" />
      )}
      {about && (
        <p className="small">
          {lumaWords(about.luma).join(' ')} <span className="faint">Coloured in {about.seconds.toFixed(2)} s.</span>
        </p>
      )}
      <MakeArm colour={colour} />
    </article>
  );
}

const allColour = { colour: 1 };
