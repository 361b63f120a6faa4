import { existsSync, statSync } from 'node:fs';
import { readRegularFileSync } from '@chromaray/base';
import { artefactTable } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { readArtefact } from '@chromaray/store';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';
import { besideReport, besideSchema, contentTypes } from '../results/beside-report.js';
import { readThresholds, thresholdsSchema } from '../results/thresholds.js';

const text = z.string();
const largest = 64 * 2 ** 20;

export const reportRoutes: readonly Route[] = [
  get(
    '/studies/:study/report',
    { summary: 'What the report of a study says, question by question', answer: artefactTable.report.schema },
    ({ params }, { workspace }) => {
      const file = workspace.study(params.study!).inside('report.json');
      if (existsSync(file)) return readArtefact('report', file);
      throw codedError('CHROMARAY_WEB_NOT_FOUND', {
        message: 'The study has no report yet.',
        remedy: 'It is written when all trials have ended; `chromaray study report` writes one of those that have.',
      });
    },
  ),
  get(
    '/studies/:study/split',
    {
      summary: 'How many X-rays and patients are in each part and class',
      answer: z.strictObject({ method: text, seed: z.number(), notes: z.array(text), counts: z.unknown() }),
    },
    ({ params }, { workspace }) => {
      const { split } = readArtefact('manifest', workspace.study(params.study!).manifest);
      return { method: split.method, seed: split.seed, notes: split.notes, counts: split.counts };
    },
  ),
  get(
    '/studies/:study/thresholds',
    {
      summary: 'Test records of every finished trial by probability, to try thresholds on',
      answer: thresholdsSchema,
    },
    ({ params }, { workspace }) => readThresholds(workspace.study(params.study!)),
  ),
  get(
    '/studies/:study/files',
    { summary: "What stands in a study's folder for readers", answer: besideSchema },
    ({ params }, { workspace }) => besideReport(workspace.study(params.study!)),
  ),
  get(
    '/studies/:study/file',
    {
      summary: 'One of these files, or a figure or table of the report',
      query: z.strictObject({ path: text }),
      answer: { type: 'application/octet-stream', description: 'The file, as what its name ends with.' },
    },
    ({ params, query }, { workspace }) => {
      const folder = workspace.study(params.study!);
      const file = workspace.roots.resolve(query.path, folder.root);
      const ending = /\.\w+$/.exec(query.path)?.[0] ?? '';
      const type = contentTypes[ending];
      const inside = file.startsWith(`${folder.root}/`) || file.startsWith(`${folder.root}\\`);
      if (type === undefined || !inside || !statSync(file, { throwIfNoEntry: false })?.isFile())
        throw codedError('CHROMARAY_WEB_NOT_FOUND', {
          message: `The study has no file ${JSON.stringify(query.path.slice(0, 300))} for readers.`,
          remedy: 'It may not be written yet; go back to the study.',
        });
      return new Response(readRegularFileSync(file, largest) as Uint8Array<ArrayBuffer>, {
        headers: { 'Content-Type': type, 'Content-Security-Policy': pagePolicy },
      });
    },
  ),
];

/**
 * A page of a study's folder may come from anybody: it is shown apart from the workbench, as a page of no origin, which can ask the
 * server for nothing. The report's own policy, which lets its script run and no other, holds within this one.
 */
const pagePolicy =
  "sandbox allow-scripts allow-popups allow-downloads; default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
