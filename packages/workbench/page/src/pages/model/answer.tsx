import type { GrayPicture } from '@chromaray/viewer';
import { useMemo } from 'react';
import type { ViewGroup } from '../../viewing/view-group.js';
import { XRay } from '../../viewing/x-ray.js';
import { likenessWords } from './likeness-words.js';
import type { OpenedModel, Said } from './messages.js';

interface AnswerProps {
  readonly model: OpenedModel;
  readonly said: Said;
  readonly name: string;
  readonly group: ViewGroup;
}

/** What a model says of a picture, unless the picture is unlike its training data; and where it looks. */
export function Answer({ model, said, name, group }: AnswerProps) {
  const likeness = likenessWords(said.likeness, model);
  const { map, picture } = said;
  const shown = useMemo(() => {
    const { width, height, bits, data, window } = picture;
    const gray: GrayPicture = {
      width,
      height,
      bits,
      data,
      ...(window && { presets: [{ name: 'Of the file', window }] }),
    };
    const overlay =
      likeness.far || 'code' in map || map.empty ? undefined : { width: map.width, height: map.height, data: map.data };
    return { gray, name, ...(overlay && { overlay }) };
  }, [picture, map, name, likeness.far]);
  return (
    <article className="panel" aria-label="Answer">
      <h2>{name}</h2>
      {likeness.far ? (
        <p role="status" className="warn">
          <strong>No answer.</strong> {likeness.text}
        </p>
      ) : (
        <>
          <p role="status">
            <strong>{said.called}</strong>: probability{model.positive === undefined ? '' : ` of ${model.positive}`}{' '}
            <data value={said.probability}>{said.probability.toFixed(4)}</data>, {calledWords(model)}.
          </p>
          {said.probabilities !== undefined && (
            <dl className="facts">
              {model.classes.map((name, index) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{said.probabilities![index]!.toFixed(4)}</dd>
                </div>
              ))}
            </dl>
          )}
          <p className="small">{likeness.text}</p>
        </>
      )}
      <p>
        <strong>{model.notice}</strong>
      </p>
      {said.notes.length > 0 && <p className="small">The file {said.notes.join('; it ')}.</p>}
      <XRay shown={shown} group={group} />
      {!likeness.far && <p className="small">{mapWords(map, said.called)}</p>}
      <p className="small faint">Worked out in this page in {said.seconds.toFixed(2)} s.</p>
    </article>
  );
}

function calledWords({ positive, threshold, classes }: OpenedModel): string {
  return threshold === undefined
    ? `the most probable of ${classes.length} classes`
    : `called ${positive} from ${threshold.toFixed(4)} on`;
}

function mapWords(map: Said['map'], called: string): string {
  if ('code' in map) return `There is no map of where the network looks: ${map.message}`;
  if (map.empty) return `Nothing in the last feature map speaks for ${called}: the map is empty.`;
  return `The overlay (Grad-CAM) shows where the evidence for ${called} lies, ${map.width} × ${map.height} places; its strength can be compared within this picture only.`;
}
