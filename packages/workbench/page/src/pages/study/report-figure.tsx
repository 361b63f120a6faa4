import { useEffect, useState } from 'react';
import { apiAddress } from '../../api/client.js';
import { Drawing } from '../../kit/figure/drawing.js';
import { Figure } from '../../kit/figure/figure.js';
import { type FigureSource, figureRows } from './figure-rows.js';
import { figureName, type ReportFigureEntry } from './report-text.js';

interface ReportFigureProps {
  readonly study: string;
  readonly entry: ReportFigureEntry;
  readonly source: FigureSource;
  /** Said below it; false where one caption stands for several. */
  readonly words?: boolean;
}

/** A figure of the report as the report draws it. */
export function ReportFigure({ study, entry, source, words = true }: ReportFigureProps) {
  const { file, title, caption, marks } = entry;
  const svg = useText(apiAddress(`/studies/${encodeURIComponent(study)}/file`, { path: file }));
  return (
    <Figure
      name={`${study}-${figureName(file)}`}
      title={title}
      caption={words ? (caption ?? title) : undefined}
      marks={words ? marks : undefined}
      rows={figureRows(file, source)}
    >
      {svg === undefined ? <p className="faint">{entry.description}</p> : <Drawing svg={svg} />}
    </Figure>
  );
}

/** A text of the server; undefined until it is there, and where it is not. */
function useText(address: string): string | undefined {
  const [text, setText] = useState<string>();
  useEffect(() => {
    const controller = new AbortController();
    fetch(address, { signal: controller.signal })
      .then(async (answer) => (answer.ok ? setText(await answer.text()) : undefined))
      .catch(() => undefined);
    return () => controller.abort();
  }, [address]);
  return text;
}
