import type { LeftOut } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

interface Viewed {
  readonly id: string;
  readonly label: string;
  readonly viewPosition: string | null;
}

/**
 * Divides the records into those of the views asked for and the others. A record that does not state its view is
 * left out too: it may be a lateral one.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_VIEWS` when a class is left without a record
 */
export function selectViews<T extends Viewed>(
  records: readonly T[],
  views: readonly string[],
): { readonly kept: readonly T[]; readonly leftOut: readonly LeftOut[] } {
  const wanted = new Set(views);
  const isKept = ({ viewPosition }: Viewed): boolean => viewPosition !== null && wanted.has(viewPosition);
  const kept = records.filter(isKept);
  const left = new Set(kept.map(({ label }) => label));
  const emptied = [...new Set(records.map(({ label }) => label))].filter((label) => !left.has(label));
  if (emptied.length > 0) {
    const counts = countViews(records);
    throw codedError('CHROMARAY_DATASET_VIEWS', {
      message: `No image of the class "${emptied[0]}" is of a view in \`dataset.views\` (${views.join(', ')}); the files say ${counts}.`,
      details: { views, classes: emptied },
    });
  }
  const leftOut = records
    .filter((record) => !isKept(record))
    .map(({ id, viewPosition }) => ({
      id,
      reason: viewPosition === null ? 'the file does not name its view' : `the view is ${viewPosition}`,
    }));
  return { kept, leftOut };
}

function countViews(records: readonly Viewed[]): string {
  const counts = new Map<string, number>();
  for (const { viewPosition } of records) {
    const view = viewPosition ?? 'no view';
    counts.set(view, (counts.get(view) ?? 0) + 1);
  }
  return [...counts].map(([view, count]) => `${view} ${count} times`).join(', ');
}
