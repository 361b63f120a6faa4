import { decodeState, encodeState, type Viewer, type ViewState } from '@chromaray/viewer';
import { useEffect, useState } from 'react';
import { useInAddress } from '../router.js';

/** How long after the last change of a view it is written into the address, in milliseconds: browsers count writes. */
const settle = 250;

/** Viewers that are looked at together: place, window, colour and overlay of one are those of all, and in the address. */
export class ViewGroup {
  private readonly viewers = new Set<Viewer>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private current: ViewState | undefined;

  constructor(
    private text: string,
    private readonly write: (text: string) => void,
  ) {}

  /** What a picture that is first shown begins with. */
  firstOf(state: ViewState): Partial<ViewState> {
    if (this.current !== undefined) return this.current;
    return this.text === '' ? {} : decodeState(this.text, state);
  }

  /** @returns a function that takes the viewer out again */
  join(viewer: Viewer): () => void {
    this.viewers.add(viewer);
    const end = viewer.onChange((state, by) => {
      if (by !== 'reader') return;
      this.current = state;
      for (const other of this.viewers) if (other !== viewer) other.set(state);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.text = encodeState(state);
        this.write(this.text);
      }, settle);
    });
    return () => {
      end();
      this.viewers.delete(viewer);
    };
  }

  /** The address says something else: a link was followed, or the reader went back. */
  adopt(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.current = undefined;
    for (const viewer of this.viewers)
      if (viewer.state !== undefined && text !== '') viewer.set(decodeState(text, viewer.state));
  }

  /** Another picture begins as it comes, but for place and sliders. */
  forgetWindow(): void {
    this.current = undefined;
    clearTimeout(this.timer);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}

/** The viewers of a page, with their view in the address under this name. */
export function useViewGroup(name = 'view'): ViewGroup {
  const [view, setView] = useInAddress(name);
  const [group] = useState(() => new ViewGroup(view, setView));
  useEffect(() => group.adopt(view), [group, view]);
  useEffect(() => () => group.close(), [group]);
  return group;
}
