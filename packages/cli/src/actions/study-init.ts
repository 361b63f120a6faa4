import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, writeFileAtomic } from '@chromaray/base';
import type { Layout, SplitMethod } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { nameOrPath } from '@chromaray/installed';
import { parseStudyFile, studyNameOf, studyTemplate, type TemplateChoices } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { printText } from '../terminal/print.js';
import { schemaFor } from './schema-for.js';

export interface StudyInitOptions {
  readonly data: string;
  readonly layout: Layout;
  readonly positive: string;
  readonly split: SplitMethod;
  readonly modelPreset: string;
  readonly weights?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What `chromaray study init <study.yaml>` does. */
export function studyInitAction(file: string, options: StudyInitOptions, context: Context): void {
  if (existsSync(file) && !options.force) throw alreadyThere(file);
  const text = studyTemplate(choices(file, options));
  const { name } = parseStudyFile(text, file);
  writeFileAtomic(file, text);
  if (options.json) writeJson(context.out, { study: name, file });
  else printText(context.out, `${file} is written. Edit it, then: chromaray study run ${file}`);
}

function choices(
  file: string,
  { data, layout, positive, split, modelPreset, weights }: StudyInitOptions,
): TemplateChoices {
  const relative = (to: string): string => path.relative(path.dirname(path.resolve(file)), path.resolve(to)) || '.';
  return {
    name: studyNameOf(file),
    dataset: { path: relative(data), layout, positive },
    split,
    preset: modelPreset,
    ...(weights === undefined ? {} : { weights: weightsIn(weights, relative) }),
    schema: schemaFor(file, 'study.schema.json'),
  };
}

/** The name of installed weights stays, a path is written relative to the study file. */
function weightsIn(weights: string, relative: (to: string) => string): string {
  const given = nameOrPath(weights, '.');
  return path.isAbsolute(given) ? relative(given) : given;
}

function alreadyThere(file: string): ChromarayError {
  return codedError('CHROMARAY_USAGE_FILE_EXISTS', {
    message: `${file} is there already.`,
    details: { file },
  });
}
