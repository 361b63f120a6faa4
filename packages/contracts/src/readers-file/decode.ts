import type { ChromarayError } from '@chromaray/base';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { codedError } from '../errors/coded-error.js';
import type { Vocabulary } from '../study-file/names.js';
import type { Problem } from '../study-file/problem.js';
import { lineOf } from '../study-file/problem-line.js';
import { type FileGuide, shapeProblems } from '../study-file/shape-problems.js';
import type { ReaderStudyFile } from './readers-file.js';
import { readerRuleProblems } from './rules.js';
import { readersFileSchema } from './schema.js';

const guide: FileGuide = {
  schema: readersFileSchema,
  example: 'chromaray readers init',
  page: 'docs/reader-studies.md',
};

/**
 * Decodes the text of a reader-study file, checks it and fills in the defaults. Paths are left as they were written.
 *
 * @param text YAML
 * @param file where the text comes from, named in errors
 * @throws ChromarayError `CHROMARAY_READERS_FILE` for the first thing wrong, with its line; `details.problems` lists all
 */
export function decodeReadersFile(text: string, file: string, vocabulary: Vocabulary = {}): ReaderStudyFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw codedError('CHROMARAY_READERS_FILE', {
      message: `${file}, line ${line}, column ${col}: not valid YAML: ${broken.message.replace(/\.?$/, '.')}`,
      remedy: 'Correct the line; indentation, colons followed by a space and closed brackets are the usual suspects.',
      cause: broken,
      details: { file, line },
    });
  }
  const content = contentOf(document, file);
  const parsed = readersFileSchema.safeParse(content);
  const problems = parsed.success
    ? readerRuleProblems(parsed.data, vocabulary)
    : shapeProblems(parsed.error.issues, content, guide);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw problemError(problems, document, lines, file);
}

function contentOf(document: Document, file: string): unknown {
  if (isMap(document.contents)) {
    try {
      return document.toJS();
    } catch (cause) {
      throw notReadersFile(file, `its aliases cannot be resolved (${(cause as Error).message})`, cause);
    }
  }
  throw notReadersFile(
    file,
    document.contents === null
      ? 'it is empty'
      : 'it holds a list or a single value where a mapping of keys is expected',
  );
}

function notReadersFile(file: string, why: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_READERS_FILE', {
    message: `${file} is not the file of a reader study: ${why}.`,
    remedy: `Write one with \`${guide.example}\` and start from there.`,
    cause,
    details: { file },
  });
}

function problemError(problems: readonly Problem[], document: Document, lines: LineCounter, file: string) {
  const located = problems.map((problem) => ({ ...problem, line: lineOf(problem, document, lines) ?? null }));
  const first = located[0]!;
  const place = first.line === null ? file : `${file}, line ${first.line}`;
  return codedError('CHROMARAY_READERS_FILE', {
    message: `${place}: ${first.message.replace(/[.?]?$/, (end) => (end === '?' ? end : '.'))}`,
    remedy: first.remedy,
    details: {
      file,
      path: first.path,
      line: first.line,
      problems: located.map(({ code, path, line, message }) => ({ code, path, line, message })),
    },
  });
}
