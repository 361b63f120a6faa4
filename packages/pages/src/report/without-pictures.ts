import type { ReportInput } from './report-input.js';

/** A report without any X-ray, to be shared where the data may not be; its first screen and its sections say so. */
export function withoutPictures(input: ReportInput): ReportInput {
  const { explanation, mistakes } = input;
  return {
    ...input,
    picturesLeftOut: true,
    samples: [],
    ...(mistakes === undefined ? {} : { mistakes: mistakes.map((mistake) => ({ ...mistake, dataUri: null })) }),
    ...(explanation === undefined ? {} : { explanation: { ...explanation, pictures: new Map() } }),
  };
}
