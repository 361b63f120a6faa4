/** What is to happen at a time; `cancelled` events are passed over. */
export interface Appointment {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** Simulated time: runs what is planned in the order of its time, and of its planning where times are equal. */
export class Clock {
  /** Seconds since the start. */
  now = 0;
  private planned = 0;
  /** A binary heap: the earliest appointment is first. */
  private readonly heap: Appointment[] = [];

  after(seconds: number, act: () => void): Appointment {
    const appointment = { at: this.now + Math.max(0, seconds), order: this.planned++, act, cancelled: false };
    this.heap.push(appointment);
    this.rise(this.heap.length - 1);
    return appointment;
  }

  /** Runs until `done` holds or nothing is planned. */
  run(done: () => boolean): void {
    while (!done() && this.heap.length > 0) {
      const next = this.take();
      if (next.cancelled) continue;
      this.now = next.at;
      next.act();
    }
  }

  private take(): Appointment {
    const first = this.heap[0]!;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!earlier(this.heap[at]!, this.heap[parent]!)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.heap.length && earlier(this.heap[left]!, this.heap[least]!)) least = left;
      if (right < this.heap.length && earlier(this.heap[right]!, this.heap[least]!)) least = right;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}

function earlier(a: Appointment, b: Appointment): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
