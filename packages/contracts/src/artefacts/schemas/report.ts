import { z } from 'zod';
import { count, countedFinding, layout, measured, moment, number, text, wordOrNull } from './common.js';
import { studyVerdictWord, unfinishedTrial, verdictSchema } from './verdict.js';

const cell = z.union([
  text,
  z.object({
    value: text,
    spread: wordOrNull.exactOptional(),
    interval: wordOrNull.exactOptional(),
    note: wordOrNull.exactOptional(),
  }),
]);
const question = z.object({
  id: text,
  question: text,
  answer: text,
  sections: z.array(
    z.object({
      id: text,
      title: text,
      tables: z.array(z.object({ name: text, caption: text, columns: z.array(text), rows: z.array(z.array(cell)) })),
    }),
  ),
});

const trial = z.object({
  seed: number,
  state: z.enum(['finished', ...unfinishedTrial.shape.state.options]),
  selectedEpoch: measured,
  threshold: measured,
  confusion: z
    .object({ truePositives: count, falsePositives: count, trueNegatives: count, falseNegatives: count })
    .nullable(),
  seconds: measured,
  imagesPerSecond: measured,
  peakMemoryBytes: measured,
  idleShare: measured,
});

/** The first screen; absent in reports of earlier versions. */
const opening = z.object({
  asked: text,
  title: text,
  basis: text,
  doubts: z.array(z.object({ kind: text, chip: text, part: text })),
});
const registration = z.object({
  registered: moment,
  origin: text,
  hash: text,
  declaredBeforeTraining: z.boolean(),
  amendments: z.array(z.object({ at: moment, reason: text, what: text, known: text })),
  earlierVerdicts: z.array(z.object({ statement: text, file: text })),
});

/** What the report says, for machines; docs/report.md explains the fields. */
export const reportSchema = z.object({
  study: text,
  verdict: studyVerdictWord,
  statement: text,
  researchUseOnly: z.literal(true),
  partial: z.boolean(),
  missing: z.array(unfinishedTrial),
  risksAccepted: z.array(text),
  started: moment,
  finished: moment.nullable(),
  opening: opening.exactOptional(),
  registration: registration.nullable().exactOptional(),
  questions: z.array(question),
  numbers: verdictSchema,
  arms: z.array(
    z.object({
      name: text,
      control: z.boolean(),
      description: text,
      parameters: measured,
      trials: z.array(trial),
    }),
  ),
  dataset: z.object({
    name: text,
    layout,
    hash: text,
    positive: text,
    negative: text,
    records: count,
    patients: count.nullable(),
    patientRule: z.object({ name: text, description: text }).nullable(),
    unreadable: z.array(z.object({ id: text, code: text, reason: text })),
  }),
  split: z.object({ method: text, seed: number, notes: z.array(text) }),
  balance: text,
  methods: z
    .object({
      imageSize: count.exactOptional(),
      preparation: text.exactOptional(),
      noise: text.exactOptional(),
      model: text,
      initialisation: text,
      training: text,
      selection: text,
      external: z.array(z.object({ name: text, looks: count })),
    })
    .nullable(),
  findings: z.array(countedFinding),
  figures: z.array(
    z.object({
      file: text,
      title: text,
      description: text,
      caption: text.exactOptional(),
      marks: text.exactOptional(),
    }),
  ),
  checklists: z.array(
    z.object({
      name: text,
      doi: text,
      items: z.array(
        z.object({
          group: text,
          item: text,
          asks: text,
          state: text,
          answer: text,
          sections: z.array(z.unknown()),
          author: text,
        }),
      ),
    }),
  ),
});
