/** An event with its number; numbers grow by one or more. */
export interface Numbered {
  readonly seq: number;
}

/**
 * Events in order, as a stream to pages reads them. The stream holds no event itself but asks again, so a slow reader
 * costs no memory.
 */
export interface NumberedEvents<Event extends Numbered> {
  /** The next events after a number, at most `limit`; none when there are no newer ones. */
  after(seq: number, limit: number): readonly Event[] | Promise<readonly Event[]>;
  /** The lowest number that can still be asked for; 1 where everything is kept. */
  oldest(): number;
  /** Calls back when there may be new ones. @returns a function that ends this */
  onNew(wake: () => void): () => void;
}

/** The last events of something that keeps none itself. */
export class RecentEvents<Event extends Numbered> implements NumberedEvents<Event> {
  private events: Event[] = [];
  private readonly wakes = new Set<() => void>();

  /** @param keep how many events are kept */
  constructor(private readonly keep: number) {}

  /** @param event its number is above the last one's */
  add(event: Event): void {
    this.events.push(event);
    // Cut in one go, so that adding costs the same at any length.
    if (this.events.length > 2 * this.keep) this.events = this.events.slice(-this.keep);
    for (const wake of this.wakes) wake();
  }

  after(seq: number, limit: number): readonly Event[] {
    const events = this.events.slice(-this.keep);
    const first = events.findIndex((event) => event.seq > seq);
    return first < 0 ? [] : events.slice(first, first + limit);
  }

  oldest(): number {
    return this.events.at(-Math.min(this.keep, this.events.length))?.seq ?? 1;
  }

  onNew(wake: () => void): () => void {
    this.wakes.add(wake);
    return () => this.wakes.delete(wake);
  }
}
