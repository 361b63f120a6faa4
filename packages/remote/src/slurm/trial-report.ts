import { appendFileSync, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SerializedError } from '@chromaray/base';
import type { TrialMessage } from '@chromaray/trials';
import { z } from 'zod';
import { name } from '../task/fields.js';

/** What a task of an array writes about its trial, a line each, for the coordinator to follow. */
export type TrialReport =
  | TrialMessage
  /** A machine begins, or begins again. */
  | { readonly kind: 'on'; readonly machine: string; readonly restart: number }
  /** The time limit ended a run before an epoch was done. */
  | { readonly kind: 'short' }
  /** The trial ended with an error of its own: to run it again would give the same. */
  | { readonly kind: 'failed'; readonly error: SerializedError };

const whole = z.number().int().min(0);
/** JSON has no NaN. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const text = z.string().max(10_000);
const report = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('on'), machine: name, restart: whole }),
  z.strictObject({ kind: z.literal('short') }),
  z.strictObject({ kind: z.literal('started'), resumedAtEpoch: whole, backend: name, parameters: whole }),
  z.strictObject({ kind: z.literal('fallback'), reason: text }),
  z.strictObject({ kind: z.literal('step'), epoch: whole, step: whole, steps: whole }),
  z.strictObject({
    kind: z.literal('epoch'),
    epoch: z.strictObject({
      ...{ epoch: whole, trainLoss: figure, trainAccuracy: figure, validationLoss: figure, validationAccuracy: figure },
      ...{ validationAuroc: figure, learningRate: figure, seconds: figure },
    }),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    error: z.strictObject({
      ...{ name: text, code: text, message: text, remedy: text },
      details: z.record(z.string(), z.unknown()),
    }),
  }),
]);

/** Appends one line; a line is written whole or, where a task is killed meanwhile, cut short and passed over. */
export function writeReport(file: string, said: TrialReport): void {
  appendFileSync(file, `\n${JSON.stringify(said)}\n`);
}

const mostBytesAtOnce = 16 * 1024 * 1024;

/** Reads what was added to a file of reports since the last call. */
export class ReportReader {
  private offset = 0;

  constructor(private readonly file: string) {}

  /** Whole lines only; nothing while there is no file. Lines that say nothing known are passed over. */
  read(): readonly TrialReport[] {
    let handle: number;
    try {
      handle = openSync(this.file, 'r');
    } catch {
      return [];
    }
    try {
      const bytes = Buffer.alloc(Math.min(mostBytesAtOnce, Math.max(0, fstatSync(handle).size - this.offset)));
      const added = bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, this.offset));
      const whole = added.lastIndexOf(10) + 1;
      this.offset += whole;
      return added.subarray(0, whole).toString('utf8').split('\n').flatMap(parse);
    } finally {
      closeSync(handle);
    }
  }
}

function parse(line: string): readonly TrialReport[] {
  if (line === '') return [];
  try {
    const { data } = report.safeParse(JSON.parse(line));
    return data === undefined ? [] : [data as TrialReport];
  } catch {
    return [];
  }
}
