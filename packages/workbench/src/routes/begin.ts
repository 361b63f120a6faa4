import { existsSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { layouts } from '@chromaray/contracts/names';
import { parseStudyFile, planStudy, studyNameOf, studyTemplate } from '@chromaray/study';
import { z } from 'zod';
import { jsonLines } from '../api/json-lines.js';
import { get, post, type Route } from '../api/route.js';
import { findData } from '../workspace/data-folders.js';
import { yamlFile } from '../workspace/yaml-file.js';

const text = z.string().min(1).max(4096);

export const beginRoutes: readonly Route[] = [
  get(
    '/study-files/data',
    {
      summary: 'What in the opened folder looks like a data set, with the layout that its names suggest',
      answer: z.array(
        z.strictObject({
          path: z.string(),
          layout: z.enum(layouts),
          why: z.string(),
          classes: z.array(z.string()),
          positive: z.string().nullable(),
        }),
      ),
    },
    (_, { workspace }) => findData(workspace.folder),
  ),
  post(
    '/study-files/begin',
    {
      summary: 'Write a commented study file on a data set of the opened folder',
      body: z.strictObject({ file: text, data: text }),
      answer: z.strictObject({ file: z.string() }),
    },
    ({ body }, { workspace }) => {
      const file = yamlFile(workspace.roots.resolve(body.file, workspace.folder));
      if (existsSync(file))
        throw codedError('CHROMARAY_USAGE_FILE_EXISTS', {
          message: `${body.file} is there already.`,
          details: { file },
        });
      const data = workspace.existing(body.data);
      const found = findData(workspace.folder).find((one) => path.resolve(workspace.folder, one.path) === data);
      const made = studyTemplate({
        name: studyNameOf(file),
        dataset: {
          path: path.relative(path.dirname(file), data).split(path.sep).join('/') || '.',
          layout: found?.layout ?? 'folders',
          positive: found?.positive ?? found?.classes.at(-1) ?? 'PNEUMONIA',
        },
      });
      writeFileAtomic(file, made);
      return { file: path.relative(workspace.folder, file) };
    },
  ),
  post(
    '/study-files/plan-live',
    {
      summary:
        'What a study can show and costs, with its progress: a line of JSON each, the last with `plan` or `error`',
      body: z.strictObject({ file: z.string(), measure: z.boolean().default(false) }),
      answer: { type: 'application/x-ndjson', description: '`progress`, then `plan` or `error`.' },
    },
    ({ body, request }, { workspace }) => {
      const file = yamlFile(workspace.existing(body.file));
      const study = parseStudyFile(readRegularFileSync(file, 200_000).toString('utf8'), file);
      return jsonLines(request.signal, async (tell, signal) => {
        try {
          const plan = await planStudy(study, {
            ...{ studies: workspace.studies, measure: body.measure, signal },
            onEvent: (event) => event.kind === 'progress' && tell({ progress: event }, true),
          });
          tell({ plan });
        } catch (error) {
          if (!isChromarayError(error)) throw error;
          const { code, message, remedy } = error;
          tell({ error: { code, message, remedy } });
        }
      });
    },
  ),
];
