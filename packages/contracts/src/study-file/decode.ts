import type { ChromarayError } from '@chromaray/base';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { codedError } from '../errors/coded-error.js';
import { completeBalance, defaultSklearnSteps } from './defaults.js';
import { expandFactors, usualCells } from './factors.js';
import type { Vocabulary } from './names.js';
import type { Problem } from './problem.js';
import { lineOf } from './problem-line.js';
import { completeImage } from './resolve-arm.js';
import { ruleProblems } from './rules.js';
import { studyFileSchema } from './schema.js';
import { shapeProblems } from './shape-problems.js';
import { studyClasses } from './study-classes.js';
import type { SplitSection, StudyFile } from './study-file.js';
import { tuneOfOneArm } from './tune-rules.js';

/**
 * Decodes the text of a study file, checks it and fills in the defaults. Paths are left as they were written.
 *
 * @param text YAML
 * @param file where the text comes from, named in errors
 * @param vocabulary names that presets and colours may have; lists left out are not checked
 * @param limit most arms that factors are expanded to
 * @throws ChromarayError `CHROMARAY_STUDY_FILE_<WHAT>` for the first thing wrong, with its path and line;
 *   `details.problems` lists all of them, those that the rest of the file shows once they are mended included. docs/study-file.md has the table of codes.
 */
export function decodeStudyFile(
  text: string,
  file: string,
  vocabulary: Vocabulary = {},
  limit: number = usualCells,
): StudyFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw codedError('CHROMARAY_STUDY_FILE_YAML', {
      message: `${file}, line ${line}, column ${col}: not valid YAML: ${broken.message.replace(/\.?$/, '.')}`,
      remedy: 'Correct the line; indentation, colons followed by a space and closed brackets are the usual suspects.',
      cause: broken,
      details: {
        file,
        line,
        column: col,
        problems: document.errors.map(({ message, pos }) => ({
          code: 'YAML',
          path: [],
          line: lines.linePos(pos[0]).line,
          message,
        })),
      },
    });
  }
  const { content, problems: unexpanded } = expandFactors(contentOf(document, file), limit);
  if (unexpanded.length > 0) throw problemError(unexpanded, document, lines, file);
  const parsed = studyFileSchema.safeParse(content);
  const isWritten = (keys: readonly PropertyKey[]): boolean => document.hasIn(keys);
  if (!parsed.success) {
    const shape = shapeProblems(parsed.error.issues, content).map(tuneOfOneArm);
    const mended = withoutProblems(content, shape);
    const rules = mended === undefined ? [] : ruleProblems(complete(mended, isWritten), isWritten, vocabulary);
    throw problemError([...shape, ...rules.filter(({ path }) => !isBeside(path, shape))], document, lines, file);
  }
  const study = complete(parsed.data, isWritten);
  const problems = ruleProblems(study, isWritten, vocabulary);
  if (problems.length > 0) throw problemError(problems, document, lines, file);
  return study;
}

function contentOf(document: Document, file: string): unknown {
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    throw codedError('CHROMARAY_STUDY_FILE_EMPTY', {
      message: `${file} is empty.`,
      details: { file },
    });
  }
  if (isMap(document.contents)) {
    try {
      return document.toJS();
    } catch (cause) {
      throw notStudyFile(file, `its aliases cannot be resolved (${(cause as Error).message})`, cause);
    }
  }
  throw notStudyFile(file, 'it holds a list or a single value where a mapping of keys is expected');
}

function notStudyFile(file: string, why: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_STUDY_FILE_YAML', {
    message: `${file} is not a study file: ${why}.`,
    remedy: 'Write one with `chromaray study init` and start from there.',
    cause,
    details: { file },
  });
}

/** One split, written out, is the same plan as none named: `repeats: 1` leaves no trace. */
function completeSplit({ repeats, ...split }: SplitSection): SplitSection {
  const repeated = repeats === undefined || repeats === 1 ? {} : { repeats };
  const steps = split.method === 'sklearn' ? { steps: split.steps ?? defaultSklearnSteps } : {};
  return { ...split, ...steps, ...repeated };
}

/**
 * The study that a file describes where what is wrong in it is left out and defaults stand in, so that the rules about
 * the rest can be checked too; undefined where something is missing that has no default.
 */
function withoutProblems(content: unknown, problems: readonly Problem[]): StudyFile | undefined {
  const copy: unknown = structuredClone(content);
  for (const { path } of problems) {
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Keyed | undefined)?.[key], copy);
    // An entry of a list cannot be left out: the paths of those behind it would change.
    if (typeof parent === 'object' && parent !== null && !Array.isArray(parent)) delete (parent as Keyed)[path.at(-1)!];
  }
  return studyFileSchema.safeParse(copy).data;
}

type Keyed = Record<PropertyKey, unknown>;

/**
 * True for a value in a section, or an arm, that has something wrong in its shape: what stood in for it there decides
 * what goes with it, so that a rule broken then may be none of the file's.
 */
function isBeside(path: readonly PropertyKey[], problems: readonly Problem[]): boolean {
  const depth = path[0] === 'arms' ? 2 : 1;
  return problems.some((problem) => path.slice(0, depth).every((key, i) => problem.path[i] === key));
}

/** Defaults that depend on other keys. */
function complete(study: StudyFile, written: (path: readonly PropertyKey[]) => boolean): StudyFile {
  const { training, endpoint } = study;
  const isOfSeveral = studyClasses(study.dataset) !== null;
  const isAsSchema = (...path: readonly string[]): boolean => isOfSeveral && !written(path);
  return {
    ...study,
    training: isAsSchema('training', 'loss') ? { ...training, loss: 'categorical-cross-entropy' } : training,
    endpoint:
      isAsSchema('endpoint', 'metric') && endpoint.class === undefined
        ? { ...endpoint, metric: 'macro-auroc' }
        : endpoint,
    split: completeSplit(study.split),
    image: completeImage(study.image),
    balance: completeBalance(study.balance),
    ...(study.tune === undefined ? {} : { tune: { epochs: study.training.epochs, ...study.tune } }),
  };
}

function problemError(problems: readonly Problem[], document: Document, lines: LineCounter, file: string) {
  const located = problems.map((problem) => ({
    ...problem,
    line: lineOf(problem, document, lines) ?? lineOf({ path: ['factors'] }, document, lines),
  }));
  const first = located[0]!;
  const place = first.line === undefined ? file : `${file}, line ${first.line}`;
  return codedError(`CHROMARAY_STUDY_FILE_${first.code}`, {
    message: `${place}: ${first.message.replace(/[.?]?$/, (end) => (end === '?' ? end : '.'))}`,
    remedy: first.remedy,
    details: {
      file,
      path: first.path,
      line: first.line ?? null,
      problems: located.map(({ code, path: keys, line, message }) => ({
        code,
        path: keys,
        line: line ?? null,
        message,
      })),
    },
  });
}
