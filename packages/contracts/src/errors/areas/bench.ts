import type { ErrorArea } from '../entry.js';

/** Benchmarks, which only a clone of the repository has. */
export const benchErrors = {
  CHROMARAY_BENCH_CONTENDER: {
    meaning: 'A library to compare with does not run.',
    advice: 'Leave it out, or delete bench/.peers to set it up again.',
  },
  CHROMARAY_BENCH_DATA: {
    meaning: 'The data set has no folders train and test.',
    advice: "Name a data set in Kaggle's layout with `--data`.",
  },
} as const satisfies ErrorArea;
