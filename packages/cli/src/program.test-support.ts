import { PassThrough } from 'node:stream';
import type { Context } from './context.js';
import { runProgram } from './program.js';
import { createProgress } from './terminal/progress.js';

/** What a run of the program left behind. */
export interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  /** Columns of the terminal that both streams are; no terminal without. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

/** A context whose streams remember what is written to them. */
export function recordedContext({ columns, signal = new AbortController().signal }: Surroundings = {}): {
  readonly context: Context;
  text(): { readonly out: string; readonly err: string };
} {
  const out = recordedStream(columns);
  const err = recordedStream(columns);
  const progress = createProgress(err.stream);
  return {
    context: { out: out.stream, err: err.stream, progress, signal, answerInterrupt() {} },
    text: () => ({ out: out.text(), err: err.text() }),
  };
}

/** Runs the program in this process with captured streams. */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { context, text } = recordedContext(surroundings);
  const exitCode = await runProgram(args, context);
  return { exitCode, ...text() };
}

function recordedStream(columns: number | undefined): { readonly stream: NodeJS.WriteStream; text(): string } {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  stream.isTTY = columns !== undefined;
  if (columns !== undefined) stream.columns = columns;
  const chunks: string[] = [];
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk.toString()));
  return { stream, text: () => chunks.join('') };
}
