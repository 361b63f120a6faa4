import type { Place } from '../picture.js';

/** What hands do, in pixels of the view. */
export interface Gestures {
  /** One finger or the main button: moves the window. */
  onDrag(dx: number, dy: number): void;
  /** Another button, the Shift key, or two fingers: moves the picture. */
  onPan(dx: number, dy: number): void;
  /** Two fingers or the wheel: around a point. */
  onZoom(point: Place, factor: number): void;
  /** Twice in a row. */
  onDouble(): void;
}

/** Wheel movement, in pixels, that doubles the size. */
const wheelDoubling = 400;

/** Turns pointer and wheel events of an element into gestures. @returns a function that ends this */
export function followPointers(element: HTMLElement, gestures: Gestures): () => void {
  const pointers = new Map<number, Place>();
  const ended = new AbortController();
  const { signal } = ended;
  const placeOf = ({ clientX, clientY }: MouseEvent): Place => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      pointers.set(event.pointerId, placeOf(event));
      element.setPointerCapture(event.pointerId);
      element.focus({ preventScroll: true });
      event.preventDefault();
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) return;
      const now = placeOf(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (other !== undefined) pinch(before, now, other, gestures);
      else if (event.shiftKey || (event.buttons & ~1) !== 0) gestures.onPan(now.x - before.x, now.y - before.y);
      else gestures.onDrag(now.x - before.x, now.y - before.y);
    },
    { signal },
  );
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
    element.addEventListener(type, ({ pointerId }) => pointers.delete(pointerId), { signal });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  element.addEventListener('dblclick', () => gestures.onDouble(), { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      gestures.onZoom(placeOf(event), 2 ** (-pixels / wheelDoubling));
    },
    { signal, passive: false },
  );
  return () => ended.abort();
}

/** One of two fingers moved: the picture follows their middle, and grows with their distance. */
function pinch(before: Place, now: Place, other: Place, { onPan, onZoom }: Gestures): void {
  onPan((now.x - before.x) / 2, (now.y - before.y) / 2);
  const distance = (place: Place): number => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y));
  onZoom({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, distance(now) / distance(before));
}
