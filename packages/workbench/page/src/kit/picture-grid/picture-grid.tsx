import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { Failure } from '../failure.js';
import { gridKey } from './grid-keys.js';
import { GridRow } from './grid-row.js';
import { Blocks, type GridPicture, type PictureSource } from './picture-source.js';
import './picture-grid.css';

export interface PictureGridProps {
  /** What the pictures are, for readers of the screen. */
  readonly label: string;
  readonly source: PictureSource;
  readonly onOpen: (picture: GridPicture, index: number) => void;
  /** A word or two over a picture, such as `excluded`, by its id; another function, other words. */
  readonly markOf?: ((id: string) => string | undefined) | undefined;
  /** The picture that is open; the grid keeps it in view. */
  readonly current?: number | undefined;
}

/** Least width of a picture with its margin, and height of the name below, in pixels of the page. */
const [leastCell, nameHeight] = [112, 26];

/**
 * A grid of any number of pictures: only rows in view are drawn, and only their thumbnails are read. Arrows, Page Up, Page Down,
 * Home and End move, Enter opens. It scrolls with the page.
 */
export function PictureGrid({ label, source, onOpen, markOf, current }: PictureGridProps) {
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const { width, top } = usePlace(host);
  const columns = Math.max(2, Math.floor(width / leastCell));
  const rowHeight = Math.round(width / columns) + nameHeight;
  const { total, key } = source;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another source
  const blocks = useMemo(() => new Blocks(source), [key, total]);
  useEffect(() => {
    blocks.open();
    return () => blocks.close();
  }, [blocks]);
  useSyncExternalStore(blocks.subscribe, () => blocks.version);
  const [active, setActive] = useState(0);
  const [focused, setFocused] = useState(false);
  const virtualizer = useWindowVirtualizer({
    count: Math.ceil(total / columns),
    estimateSize: () => rowHeight,
    overscan: 3,
    scrollMargin: top,
    enabled: width > 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height lie elsewhere
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const rows = virtualizer.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? -1];
  useEffect(() => {
    // What is only flown over is not read.
    const timer = setTimeout(
      () => blocks.want(first * columns, (last + 1) * columns - 1),
      virtualizer.isScrolling ? 60 : 0,
    );
    return () => clearTimeout(timer);
  }, [blocks, first, last, columns, virtualizer.isScrolling]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another picture is open
  useEffect(() => {
    if (current === undefined || width === 0) return;
    setActive(current);
    virtualizer.scrollToIndex(Math.floor(current / columns), { align: 'auto' });
  }, [current, columns, width === 0]);
  const here = Math.min(active, total - 1);
  // Asked for before it was read: opened when it is, unless something else is done meanwhile.
  const awaited = useRef<number>(undefined);
  const move = (to: number): void => {
    awaited.current = undefined;
    setActive(to);
    virtualizer.scrollToIndex(Math.floor(to / columns), { align: 'auto' });
  };
  const open = (index: number): void => {
    setActive(index);
    const found = blocks.at(index);
    awaited.current = found === undefined ? index : undefined;
    if (found !== undefined) onOpen(found.picture, index);
  };
  const { version } = blocks;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when more is read
  useEffect(() => {
    if (awaited.current !== undefined) open(Math.min(awaited.current, total - 1));
  }, [blocks, version]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const rowsInView = Math.max(1, Math.floor(innerHeight / rowHeight) - 1);
    const to = gridKey(event.key, here, { total, columns, rowsInView });
    if (to !== undefined) move(to);
    else if (event.key === 'Enter' || event.key === ' ') open(here);
    else return;
    event.preventDefault();
  };
  const inView = here >= first * columns && here < (last + 1) * columns;
  return (
    <>
      {blocks.fault !== undefined && <Failure error={blocks.fault} again={() => blocks.again()} />}
      {/* biome-ignore lint/a11y/useSemanticElements: no table has rows that are not drawn */}
      <div
        ref={host}
        className="picture-grid"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={Math.ceil(total / columns)}
        aria-colcount={columns}
        aria-activedescendant={inView ? `${id}-${here}` : undefined}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          awaited.current = undefined;
          setFocused(false);
        }}
      >
        {width > 0 &&
          rows.map(({ index, start }) => (
            <GridRow
              key={index}
              id={id}
              row={index}
              top={start - top}
              height={rowHeight}
              columns={columns}
              total={total}
              blocks={blocks}
              version={version}
              active={Math.floor(here / columns) === index ? here : undefined}
              focused={focused}
              markOf={markOf}
              onOpen={open}
            />
          ))}
      </div>
    </>
  );
}

/** Width of an element and its distance from the top of the page, whenever they change. */
function usePlace(host: React.RefObject<HTMLElement | null>): { readonly width: number; readonly top: number } {
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const measure = (): void => {
      const { width, top } = host.current!.getBoundingClientRect();
      const next = { width, top: Math.round(top + scrollY) };
      setPlace((before) => (before.width === next.width && before.top === next.top ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(host.current!);
    // What stands above may grow.
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [host]);
  return place;
}
