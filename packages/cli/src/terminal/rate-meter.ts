const windowMilliseconds = 20_000;
/** Marks closer than this are one: however often work is counted, few marks are kept. */
const markMilliseconds = 100;

/** How fast a phase of work goes, over the last twenty seconds: what an earlier run did is not counted. */
export class RateMeter {
  private phase = '';
  private marks: { time: number; done: number }[] = [];

  /**
   * @param time in milliseconds
   * @returns true where another phase has begun
   */
  add(phase: string, done: number, time: number): boolean {
    const isNew = phase !== this.phase;
    if (isNew) {
      this.phase = phase;
      this.marks = [];
    }
    const { marks } = this;
    if (marks.length > 1 && time - marks.at(-2)!.time < markMilliseconds) marks.pop();
    marks.push({ time, done });
    while (marks.length > 2 && time - marks[0]!.time > windowMilliseconds) marks.shift();
    return isNew;
  }

  /** Undefined before there are two marks to compare. */
  perSecond(): number | undefined {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (first === undefined || last === undefined || last.time <= first.time) return undefined;
    return (1000 * (last.done - first.done)) / (last.time - first.time);
  }

  /** The next phase counts from its own first mark, also where it has the same name. */
  reset(): void {
    this.phase = '';
  }
}
