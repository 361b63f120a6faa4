import { useEffect, useRef } from 'react';
import { type Moment, secondsLeft, timeLeftInWords } from './time-left.js';

interface WorkProgressProps {
  /** What is being done, such as "Reading files". */
  readonly what: string;
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
}

/** How far some work is, and how long it will take at the rate so far. */
export function WorkProgress({ what, done, total }: WorkProgressProps) {
  const first = useRef<Moment & { readonly of: string }>(undefined);
  const now: Moment = { at: performance.now(), done };
  // Other work, or one that began anew, has a rate of its own.
  const known = first.current?.of === what && first.current.done <= done ? first.current : undefined;
  useEffect(() => {
    if (known === undefined) first.current = { ...now, of: what };
  });
  const left = known === undefined || total === 0 ? undefined : secondsLeft(known, now, total);
  const count = total > 0 ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : 'beginning';
  const words = [count, ...(left === undefined ? [] : [timeLeftInWords(left)])].join(', ');
  return (
    <p className="work-progress">
      <progress {...(total > 0 && { value: done, max: total })} aria-label={what} /> {what}: {words}
    </p>
  );
}
