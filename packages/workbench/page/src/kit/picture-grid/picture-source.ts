import { AskError, type Fault } from '../../api/client.js';

/** What a grid shows of a picture. */
export interface GridPicture {
  readonly id: string;
  /** Below the picture, and what readers of the screen hear. */
  readonly name: string;
  /** Size of the picture itself, in pixels: its thumbnail on the sheet is stretched to a square. */
  readonly width: number;
  readonly height: number;
}

/** Many pictures in an order, of which a grid reads those in view. */
export interface PictureSource {
  /** Another key, other pictures: everything is read again. */
  readonly key: string;
  readonly total: number;
  readonly pictures: (offset: number, limit: number, signal: AbortSignal) => Promise<readonly GridPicture[]>;
  /** Address of the sheet that has the thumbnails of the same pictures, {@link sheetColumns} a row. */
  readonly sheet: (offset: number, limit: number) => string;
}

/** Thumbnails a row of a sheet, as the server draws them. */
export const sheetColumns = 10;
/** Pictures read at once. */
export const blockLength = 50;
/** Blocks kept; far more than are ever in view, and a few megabytes each once the browser has decoded them. */
const mostBlocks = 40;

export interface Block {
  readonly pictures: readonly GridPicture[];
  /** Address of the sheet's picture in this page. */
  readonly sheet: string;
}

/** Reads the blocks in view, keeps those of late, and gives up reading what was scrolled past. */
export class Blocks {
  private readonly kept = new Map<number, Block>();
  private readonly reading = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private wanted: readonly [number, number] = [0, -1];
  private closed = false;
  /** Changes with every change, for `useSyncExternalStore`. */
  version = 0;
  fault: Fault | undefined;

  constructor(private readonly source: PictureSource) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A picture and where its thumbnail is; undefined while it is read. */
  at(index: number): { readonly picture: GridPicture; readonly sheet: string; readonly place: number } | undefined {
    const block = this.kept.get(Math.floor(index / blockLength));
    const place = index % blockLength;
    const picture = block?.pictures[place];
    return picture === undefined ? undefined : { picture, sheet: block!.sheet, place };
  }

  /** Pictures `first` to `last` are in view. */
  want(first: number, last: number): void {
    const least = Math.max(0, Math.floor(first / blockLength));
    const most = Math.floor(Math.min(last, this.source.total - 1) / blockLength);
    this.wanted = [least, most];
    for (const [block, controller] of this.reading)
      if (block < least || block > most) {
        controller.abort();
        this.reading.delete(block);
      }
    for (let block = least; block <= most; block++) {
      const kept = this.kept.get(block);
      if (kept !== undefined) {
        this.kept.delete(block);
        this.kept.set(block, kept);
      } else if (!this.reading.has(block) && this.fault === undefined) void this.read(block);
    }
  }

  /** Reads again what is in view. */
  again(): void {
    this.fault = undefined;
    this.want(this.wanted[0] * blockLength, this.wanted[1] * blockLength);
    this.changed();
  }

  open(): void {
    this.closed = false;
  }

  close(): void {
    this.closed = true;
    for (const controller of this.reading.values()) controller.abort();
    for (const { sheet } of this.kept.values()) URL.revokeObjectURL(sheet);
    this.reading.clear();
    this.kept.clear();
  }

  private async read(block: number): Promise<void> {
    const controller = new AbortController();
    this.reading.set(block, controller);
    const [offset, signal] = [block * blockLength, controller.signal];
    try {
      const [pictures, sheet] = await Promise.all([
        this.source.pictures(offset, blockLength, signal),
        readSheet(this.source.sheet(offset, blockLength), signal),
      ]);
      const address = URL.createObjectURL(sheet);
      if (this.closed || signal.aborted) return URL.revokeObjectURL(address);
      this.kept.set(block, { pictures, sheet: address });
      this.forget();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof AskError)) throw error;
      this.fault = error.fault;
    } finally {
      if (this.reading.get(block) === controller) this.reading.delete(block);
    }
    this.changed();
  }

  private forget(): void {
    for (const [block, { sheet }] of this.kept) {
      if (this.kept.size <= mostBlocks) return;
      if (block >= this.wanted[0] && block <= this.wanted[1]) continue;
      URL.revokeObjectURL(sheet);
      this.kept.delete(block);
    }
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}

async function readSheet(address: string, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new AskError((await answer.json()) as Fault);
  return answer.blob();
}

/** Where a thumbnail is on its sheet, as shares that `background-position` takes, and the sheet's size in thumbnails. */
export function placeOnSheet(place: number, pictures: number): { readonly position: string; readonly size: string } {
  const rows = Math.max(1, Math.ceil(pictures / sheetColumns));
  const share = (at: number, of: number): string => `${of > 1 ? (100 * at) / (of - 1) : 0}%`;
  return {
    position: `${share(place % sheetColumns, sheetColumns)} ${share(Math.floor(place / sheetColumns), rows)}`,
    size: `${100 * sheetColumns}% ${100 * rows}%`,
  };
}
