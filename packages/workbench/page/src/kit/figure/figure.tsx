import { type ReactNode, useRef, useState } from 'react';
import './figure.css';
import type { Rows } from './csv.js';
import { copy, download, type Format, fileOf } from './save.js';

export interface FigureProps {
  /** Names the files that it is saved as. */
  readonly name: string;
  readonly title: string;
  /** What is shown, in a sentence. */
  readonly caption?: ReactNode;
  /** What every line and mark means; folded. */
  readonly marks?: string | undefined;
  /** The numbers behind it; absent: it cannot be saved as CSV. */
  readonly rows?: Rows | undefined;
  /** Holds one `<svg>`. */
  readonly children: ReactNode;
}

/** A figure with its words, to be saved or copied as SVG, PNG and CSV. */
export function Figure({ name, title, caption, marks, rows, children }: FigureProps) {
  const host = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [verb, setVerb] = useState<'Save' | 'Copy'>('Save');
  const give = (format: Format): void => {
    const file = `${name}.${format.toLowerCase()}`;
    fileOf(format, host.current!, rows)
      .then((blob) => (verb === 'Save' ? download(blob, file) : copy(blob)))
      .then(
        () => setSaid(verb === 'Save' ? `Saved as ${file}.` : `Copied as ${format}.`),
        (error: unknown) => setSaid(`The browser refused: ${(error as Error).message}`),
      );
  };
  return (
    <figure className="figure" aria-label={title}>
      <div ref={host}>{children}</div>
      <figcaption>
        {caption}
        {marks !== undefined && (
          <details>
            <summary>Lines and marks</summary>
            <p>{marks}</p>
          </details>
        )}
      </figcaption>
      <p className="tools small">
        <select
          aria-label={`What to do with ${title}`}
          value={verb}
          onChange={() => setVerb(verb === 'Save' ? 'Copy' : 'Save')}
        >
          <option>Save</option>
          <option>Copy</option>
        </select>{' '}
        {(['SVG', 'PNG', ...(rows === undefined ? [] : ['CSV'])] as const).map((format) => (
          <button
            key={format}
            type="button"
            aria-label={`${verb} ${title} as ${format}`}
            onClick={() => give(format as Format)}
          >
            {format}
          </button>
        ))}{' '}
        <span role="status">{said}</span>
      </p>
    </figure>
  );
}
