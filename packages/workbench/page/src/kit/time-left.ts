/** A moment of some work: how much was done then. */
export interface Moment {
  /** Milliseconds. */
  readonly at: number;
  readonly done: number;
}

/** Milliseconds of work before anything is said of the time left. */
const enough = 1000;

/** Seconds left at the rate between two moments; undefined while that says nothing. */
export function secondsLeft(first: Moment, now: Moment, total: number): number | undefined {
  const [time, work] = [now.at - first.at, now.done - first.done];
  if (time < enough || work <= 0) return undefined;
  return ((total - now.done) * time) / work / 1000;
}

/** Such as "about 3 minutes left". */
export function timeLeftInWords(seconds: number): string {
  if (seconds < 2) return 'nearly done';
  if (seconds < 90) return `about ${Math.round(seconds)} seconds left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 3600)} hours left`;
}
