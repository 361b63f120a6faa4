import type { ViewState } from './picture.js';
import type { Viewer } from './viewer.js';

export interface Linked {
  /** Zoom and place. Default: true. */
  readonly position?: boolean;
  /** Window and inversion; for pictures of the same values. Default: false. */
  readonly window?: boolean;
}

/** Keeps viewers at the same place: what a reader does in one, the others do too. @returns a function that ends this */
export function linkViewers(viewers: readonly Viewer[], { position = true, window = false }: Linked = {}): () => void {
  const shared = ({ zoom, centre, window: shown, invert }: ViewState): Partial<ViewState> => ({
    ...(position && { zoom, centre }),
    ...(window && { window: shown, invert }),
  });
  const ends = viewers.map((viewer) =>
    viewer.onChange((state, by) => {
      if (by !== 'reader') return;
      for (const other of viewers) if (other !== viewer) other.set(shared(state));
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}
