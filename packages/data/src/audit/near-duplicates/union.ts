/** Puts items together into groups, pair by pair. */
export class Union {
  private readonly parent: Int32Array;

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, i) => i);
  }

  /** The item that stands for the group of `item`. */
  root(item: number): number {
    let top = item;
    while (this.parent[top] !== top) top = this.parent[top]!;
    for (let at = item; at !== top; ) {
      const next = this.parent[at]!;
      this.parent[at] = top;
      at = next;
    }
    return top;
  }

  together(a: number, b: number): boolean {
    return this.root(a) === this.root(b);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.root(a), this.root(b)];
    this.parent[Math.max(first, second)] = Math.min(first, second);
  }
}
