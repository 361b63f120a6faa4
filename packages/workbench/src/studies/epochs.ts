import type { StudyFolder } from '@chromaray/contracts';
import { openStudyReader, type StudyReader } from '@chromaray/store';
import { z } from 'zod';

const measure = z.number().nullable();

export const epochsSchema = z.strictObject({
  /** Number of the last event that is in: ask for what comes after it. */
  lastEvent: z.number().int(),
  epochs: z.array(
    z.strictObject({
      arm: z.string(),
      seed: z.number().int(),
      epoch: z.number().int(),
      trainLoss: measure,
      trainAccuracy: measure,
      validationLoss: measure,
      validationAccuracy: measure,
      validationAuroc: measure,
      learningRate: measure,
      seconds: measure,
    }),
  ),
});

export type Epochs = z.infer<typeof epochsSchema>;

/**
 * What trials of the study's own split measured after each epoch.
 *
 * @param since number of the last event that is known. 0: everything, also of studies that kept no events
 */
export function readEpochs(folder: StudyFolder, since: number): Epochs {
  const reader = openStudyReader(folder);
  try {
    const { events } = reader.events(since);
    const lastEvent = events.at(-1)?.seq ?? since;
    if (since === 0) return { lastEvent, epochs: allEpochs(reader) };
    const epochs = events.flatMap((event) =>
      event.kind === 'epoch-done' && event.split === undefined
        ? [{ arm: event.arm, seed: event.seed, ...event.epoch }]
        : [],
    );
    return { lastEvent, epochs: epochs.map(withoutNaN) };
  } finally {
    reader.close();
  }
}

function allEpochs(reader: StudyReader): Epochs['epochs'] {
  return reader
    .trials()
    .flatMap(({ arm, seed }) => reader.epochs({ arm, seed }).map((epoch) => withoutNaN({ arm, seed, ...epoch })));
}

/** JSON has no NaN. */
function withoutNaN<Row extends Epochs['epochs'][number]>(row: Row): Row {
  const entries = Object.entries(row).map(([key, value]) => [key, Number.isNaN(value) ? null : value]);
  return Object.fromEntries(entries) as Row;
}
