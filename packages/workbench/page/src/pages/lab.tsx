import type { ColourSpec } from '@chromaray/contracts';
import { useCallback, useMemo, useState } from 'react';
import { apiAddress } from '../api/client.js';
import { useAsked } from '../api/use-asked.js';
import { Failure } from '../kit/failure.js';
import { goTo, useInAddress } from '../router.js';
import { grayOf } from '../viewing/read-picture.js';
import { usePicture } from '../viewing/use-picture.js';
import { useViewGroup } from '../viewing/view-group.js';
import { XRay } from '../viewing/x-ray.js';
import { type Choices, ChooseColour } from './lab/choose-colour.js';
import { ChoosePicture, type Source } from './lab/choose-picture.js';
import { readColours } from './lab/colours.js';
import { Panel } from './lab/panel.js';

/** Colours that are compared at once: browsers draw on about so many canvases by the graphics processor. */
const most = 12;
const usual = JSON.stringify([{ map: 'turbo' }, { map: 'viridis' }, { colorizer: 'photo-small' }]);

/** One X-ray through maps and colorizers. */
export default function Lab() {
  const [picture] = useInAddress('picture');
  const [data] = useInAddress('data');
  const [record] = useInAddress('record');
  const [text, setText] = useInAddress('colours', usual, { step: true });
  const [dataset, setDataset] = useState<string>();
  const group = useViewGroup();
  const choices = useAsked<Choices>('/lab/choices');
  const colours = useMemo(() => readColours(text).slice(0, most), [text]);
  const setColours = (next: readonly ColourSpec[]): void => setText(JSON.stringify(next.slice(0, most)));

  const source = sourceOf({ picture, data, record }, dataset);
  const path =
    source === undefined
      ? undefined
      : picture === ''
        ? `/datasets/${dataset}/picture`
        : `/pictures/${encodeURIComponent(picture)}`;
  const gray = usePicture(path, picture === '' ? { record } : {});
  const shown = useMemo(
    () => gray.picture && { gray: grayOf(gray.picture), name: record === '' ? 'Dropped X-ray' : `X-ray ${record}` },
    [gray.picture, record],
  );
  const choose = useCallback(
    (next: Source) => {
      group.forgetWindow();
      const params = new URLSearchParams(location.search);
      params.delete('view');
      for (const [key, value] of Object.entries(next)) {
        if (value === '') params.delete(key);
        else params.set(key, value);
      }
      goTo(`${location.pathname}?${params}`);
    },
    [group],
  );
  return (
    <>
      <h1>Colour lab</h1>
      <p>
        One X-ray in the colours that an arm of a study could have. Every viewer shows the same place through the same
        window.
      </p>
      <ChoosePicture source={{ picture, data, record }} onChange={choose} onDataset={setDataset} />
      {choices.fault && <Failure error={choices.fault} again={choices.again} />}
      {choices.answer && (
        <ChooseColour choices={choices.answer} onAdd={(added) => setColours(merged(colours, added))} />
      )}
      {gray.fault && <Failure error={gray.fault} />}
      {source === undefined && <p className="faint">Drop an X-ray, or choose one of a data set.</p>}
      {gray.asking && <p role="status">The X-ray is being read …</p>}
      {shown && source && (
        <>
          <div className="row">
            <a
              href={apiAddress('/lab/sheet', { ...source, colours: JSON.stringify(colours) })}
              download="colours.png"
              hidden={colours.length === 0}
            >
              Contact sheet (PNG)
            </a>
            <span className="small faint">
              {colours.length} of at most {most} colours.
            </span>
          </div>
          <div className="panels">
            <article className="panel" aria-label="gray">
              <div className="panel-head">
                <h2>gray</h2>
              </div>
              <XRay shown={shown} group={group} />
              <p className="small">
                {shown.gray.width} × {shown.gray.height} pixels of {shown.gray.bits} bits.
              </p>
            </article>
            {colours.map((colour) => (
              <Panel
                key={JSON.stringify(colour)}
                {...{ gray: shown.gray, source, colour, group }}
                onRemove={() => setColours(colours.filter((one) => one !== colour))}
              />
            ))}
          </div>
        </>
      )}
    </>
  );
}

/** Parameters that name the picture; undefined while none is chosen or its data set is being read. */
function sourceOf(
  { picture, record }: Source,
  dataset: string | undefined,
): Readonly<Record<string, string>> | undefined {
  if (picture !== '') return { picture };
  return record !== '' && dataset !== undefined ? { dataset, record } : undefined;
}

function merged(known: readonly ColourSpec[], added: readonly ColourSpec[]): readonly ColourSpec[] {
  const texts = new Set(known.map((colour) => JSON.stringify(colour)));
  return [...known, ...added.filter((colour) => !texts.has(JSON.stringify(colour)))];
}
