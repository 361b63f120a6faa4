import path from 'node:path';
import { readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import { type ColourSpec, colourSchema } from '@chromaray/contracts';
import { parseStudyFile } from '@chromaray/study';
import { z } from 'zod';
import { post, type Route } from '../api/route.js';
import { addArm } from '../study-files/add-arm.js';
import { armLine } from '../study-files/arm-line.js';
import { yamlFile } from '../workspace/yaml-file.js';

/** As in study files: it becomes part of file names. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, - and _');

export const armRoutes: readonly Route[] = [
  post(
    '/study-files/arm-line',
    {
      summary: 'The line of a study file that makes an arm of a colour',
      body: z.strictObject({ name, colour: colourSchema }),
      answer: z.strictObject({ line: z.string() }),
    },
    ({ body }) => ({ line: `- ${armLine(body.name, body.colour as ColourSpec)}` }),
  ),
  post(
    '/study-files/add-arm',
    {
      summary: 'Add an arm to a study file; all else in it stays as it is written',
      body: z.strictObject({ file: z.string().min(1).max(4096), name, colour: colourSchema }),
      answer: z.strictObject({ file: z.string(), line: z.number().int(), text: z.string() }),
    },
    ({ body }, { workspace }) => {
      const file = yamlFile(workspace.existing(body.file));
      const before = readRegularFileSync(file, 200_000).toString('utf8');
      const shown = path.relative(workspace.folder, file);
      const after = addArm(before, shown, body.name, body.colour as ColourSpec);
      // What is written can be run, or is not written: a name or a colour that this version does not know is told here.
      parseStudyFile(after.text, file);
      writeFileAtomic(file, after.text);
      return { file: shown, line: after.line, text: after.text.split('\n')[after.line - 1]!.trim() };
    },
  ),
];
