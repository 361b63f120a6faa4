import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import { studyFileSchema } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { parseStudyFile, planStudy } from '@chromaray/study';
import { z } from 'zod';
import { get, post, type Route } from '../api/route.js';
import { findStudyFiles } from '../workspace/study-files.js';
import { yamlFile } from '../workspace/yaml-file.js';

const errorSchema = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() });
const problemSchema = errorSchema.partial({ remedy: true }).extend({
  /** 1 for the first line; null where none can be named. */
  line: z.number().int().nullable(),
  /** Keys and places in lists that lead to the value; empty where it is about the whole file. */
  path: z.array(z.union([z.string(), z.number()])),
});

const checkedSchema = z.strictObject({
  /** The study file with every default; null while it is wrong. */
  study: z.record(z.string(), z.unknown()).nullable(),
  problems: z.array(problemSchema),
});

const written = z.strictObject({ text: z.string().max(200_000), file: z.string().min(1).max(4096) });

export const studyFileRoutes: readonly Route[] = [
  get(
    '/study-files',
    {
      summary: 'Study files of the opened folder',
      answer: z.array(
        z.strictObject({
          file: z.string(),
          study: z.string().nullable(),
          modified: z.string(),
          problem: errorSchema.nullable(),
        }),
      ),
    },
    (_, { workspace }) => findStudyFiles(workspace),
  ),
  get(
    '/study-files/schema',
    { summary: 'The JSON Schema of study files, with what keys mean', answer: z.record(z.string(), z.unknown()) },
    (_, { studySchema }) =>
      studySchema === undefined
        ? z.toJSONSchema(studyFileSchema, { io: 'input', target: 'draft-7' })
        : (JSON.parse(readFileSync(studySchema, 'utf8')) as object),
  ),
  get(
    '/study-files/text',
    {
      summary: 'The text of a study file',
      query: z.strictObject({ file: z.string() }),
      answer: z.strictObject({ file: z.string(), text: z.string() }),
    },
    ({ query }, { workspace }) => {
      const file = yamlFile(workspace.existing(query.file));
      return { file: query.file, text: readRegularFileSync(file, 200_000).toString('utf8') };
    },
  ),
  post(
    '/study-files/check',
    { summary: 'Say what is wrong with the text of a study file', body: written, answer: checkedSchema },
    ({ body }, { workspace }) => {
      const file = yamlFile(workspace.roots.resolve(body.file, workspace.folder));
      try {
        return { study: parseStudyFile(body.text, file), problems: [] };
      } catch (error) {
        if (!isChromarayError(error)) throw error;
        return { study: null, problems: problemsOf(error) };
      }
    },
  ),
  post(
    '/study-files/save',
    {
      summary: 'Write a study file; one that is there is replaced when its text is as the page knew it',
      body: written.extend({ known: z.string().nullable() }),
      answer: z.strictObject({ file: z.string() }),
    },
    ({ body }, { workspace }) => {
      const file = yamlFile(workspace.roots.resolve(body.file, workspace.folder));
      const now = existsSync(file) ? readRegularFileSync(file, 200_000).toString('utf8') : null;
      if (now !== body.known)
        throw codedError('CHROMARAY_USAGE_FILE_EXISTS', {
          message: now === null ? `${file} is gone.` : `${file} was changed by another program since the page read it.`,
        });
      writeFileAtomic(file, body.text);
      return { file: path.relative(workspace.folder, file) };
    },
  ),
  post(
    '/study-files/plan',
    {
      summary: 'What a study can show, and with `measure` what it costs',
      body: z.strictObject({ file: z.string(), measure: z.boolean().default(false) }),
      answer: z.record(z.string(), z.unknown()),
    },
    ({ body, request }, { workspace }) => {
      const file = yamlFile(workspace.existing(body.file));
      const study = parseStudyFile(readRegularFileSync(file, 200_000).toString('utf8'), file);
      return planStudy(study, { studies: workspace.studies, measure: body.measure, signal: request.signal });
    },
  ),
];

/** All that is wrong, with lines. */
function problemsOf(error: Error & { code: string; remedy: string; details: Readonly<Record<string, unknown>> }) {
  const { code, message, remedy, details } = error;
  const listed = details.problems as
    | readonly { code?: string; message: string; line?: number | null; path?: (string | number)[] }[]
    | undefined;
  if (listed === undefined || listed.length === 0)
    return [{ code, message, remedy, line: lineOf(details.line), path: [] }];
  return listed.map((problem) => ({
    code: problem.code ?? code,
    message: problem.message,
    line: lineOf(problem.line),
    path: problem.path ?? [],
  }));
}

function lineOf(line: unknown): number | null {
  return typeof line === 'number' ? line : null;
}
