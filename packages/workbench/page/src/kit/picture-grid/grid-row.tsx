import { memo } from 'react';
import { type Blocks, blockLength, placeOnSheet } from './picture-source.js';

interface GridRowProps {
  /** Of the grid: cells are called `<id>-<index>`. */
  readonly id: string;
  readonly row: number;
  /** Distance from the top of the grid, and height, in pixels of the page. */
  readonly top: number;
  readonly height: number;
  readonly columns: number;
  readonly total: number;
  readonly blocks: Blocks;
  /** Of the blocks: another version may have other pictures. */
  readonly version: number;
  /** The picture that keys act on, if it is in this row. */
  readonly active: number | undefined;
  readonly focused: boolean;
  readonly markOf: ((id: string) => string | undefined) | undefined;
  readonly onOpen: (index: number) => void;
}

/** A row of a grid of pictures. */
export const GridRow = memo(
  function GridRow({ id, row, top, height, columns, total, blocks, active, focused, markOf, onOpen }: GridRowProps) {
    const indices = Array.from({ length: Math.min(columns, total - row * columns) }, (_, i) => row * columns + i);
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names the active cell
      // biome-ignore lint/a11y/useSemanticElements: no table has rows that are not drawn
      <div
        className="picture-row"
        role="row"
        aria-rowindex={row + 1}
        style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: `repeat(${columns}, 1fr)` }}
      >
        {indices.map((index) => (
          <Cell
            key={index}
            id={`${id}-${index}`}
            column={(index % columns) + 1}
            index={index}
            total={total}
            blocks={blocks}
            active={index === active}
            focused={index === active && focused}
            markOf={markOf}
            onOpen={onOpen}
          />
        ))}
      </div>
    );
  },
  (a, b) =>
    (Object.keys(a) as (keyof GridRowProps)[]).every(
      (key) => key === 'onOpen' || (key === 'focused' && b.active === undefined) || a[key] === b[key],
    ),
);

interface CellProps extends Pick<GridRowProps, 'blocks' | 'total' | 'markOf' | 'onOpen' | 'id'> {
  readonly column: number;
  readonly index: number;
  readonly active: boolean;
  readonly focused: boolean;
}

function Cell({ id, column, index, total, blocks, active, focused, markOf, onOpen }: CellProps) {
  const found = blocks.at(index);
  const { width = 1, height = 1, name } = found?.picture ?? {};
  const mark = found && markOf?.(found.picture.id);
  const pictures = Math.min(blockLength, total - Math.floor(index / blockLength) * blockLength);
  const sheet = found && placeOnSheet(found.place, pictures);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names the active cell
    // biome-ignore lint/a11y/useSemanticElements: no table has rows that are not drawn
    <div
      id={id}
      role="gridcell"
      aria-colindex={column}
      aria-label={
        name === undefined ? `Picture ${index + 1} of ${total}, being read` : [name, mark].filter(Boolean).join(', ')
      }
      aria-selected={active}
      className={focused ? 'picture-cell focused' : 'picture-cell'}
      title={name}
      onClick={() => onOpen(index)}
    >
      <div className="picture-square">
        <div
          className="picture-thumbnail"
          style={{
            width: `${100 * Math.min(1, width / height)}%`,
            height: `${100 * Math.min(1, height / width)}%`,
            ...(found && {
              backgroundImage: `url("${found.sheet}")`,
              backgroundPosition: sheet!.position,
              backgroundSize: sheet!.size,
            }),
          }}
        />
        {mark !== undefined && <span className="picture-mark">{mark}</span>}
      </div>
      <div className="picture-name">
        <bdi>{name}</bdi>
      </div>
    </div>
  );
}
