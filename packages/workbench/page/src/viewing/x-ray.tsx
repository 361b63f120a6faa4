import { firstState, type Shown, Viewer, type ViewState } from '@chromaray/viewer';
import { type RefObject, useEffect, useRef } from 'react';
import type { ViewGroup } from './view-group.js';
import './viewing.css';

interface XRayProps {
  readonly shown: Shown | undefined;
  readonly group: ViewGroup;
  /** How it is first shown where neither address nor another viewer says. */
  readonly first?: Partial<ViewState>;
  /** Buttons and sliders below. Default: true. */
  readonly controls?: boolean;
  /** While true the viewer takes the keys as soon as it shows something, and makes it false. */
  readonly focus?: RefObject<boolean>;
  /** While nothing is shown. */
  readonly waiting?: string;
}

/** The viewer in a page: shows what it is given, together with the others of its group. */
export function XRay({ shown, group, first, controls = true, focus, waiting }: XRayProps) {
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<Viewer>(undefined);
  const begin = useRef(first);
  begin.current = first;
  useEffect(() => {
    const made = new Viewer(host.current!, { controls });
    viewer.current = made;
    const leave = group.join(made);
    return () => {
      leave();
      made.destroy();
      viewer.current = undefined;
    };
  }, [group, controls]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a viewer that was made anew shows the picture too
  useEffect(() => {
    if (shown === undefined || viewer.current === undefined) return;
    const state = { ...firstState(shown.gray), ...begin.current };
    viewer.current.show(shown, { ...begin.current, ...group.firstOf(state) });
    if (focus?.current !== true) return;
    focus.current = false;
    host.current?.querySelector<HTMLElement>('[role="application"]')?.focus();
  }, [shown, group, controls]);
  return (
    <div className="x-ray">
      <div ref={host} className="x-ray-host" hidden={shown === undefined} />
      {shown === undefined && waiting !== undefined && (
        <p className="x-ray-waiting" role="status">
          {waiting}
        </p>
      )}
    </div>
  );
}
