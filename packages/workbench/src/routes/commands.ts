import { refuseUnknownFindings } from '@chromaray/data';
import { z } from 'zod';
import { post, type Route } from '../api/route.js';
import { startStudy, stopStudy } from '../processes/start-study.js';

export const commandRoutes: readonly Route[] = [
  post(
    '/studies/start',
    {
      summary: 'Start a study, or resume one that was interrupted, in a process of its own',
      body: z.strictObject({
        /** The study file, relative to the opened folder. */
        file: z.string(),
        /** Ids of blocking findings that are accepted; the report says so. */
        acceptRisks: z.array(z.string()).default([]),
        retrain: z.boolean().default(false),
        amend: z.string().min(1).max(2000).nullable().default(null),
      }),
      answer: z.strictObject({ pid: z.number().int() }),
    },
    async ({ body }, { workspace }) => {
      refuseUnknownFindings(body.acceptRisks);
      return { pid: await startStudy({ ...body, file: workspace.existing(body.file), studies: workspace.studies }) };
    },
  ),
  post(
    '/studies/:study/resume',
    {
      summary: 'Resume a study with the study file in its folder, where it ran last',
      body: z.strictObject({}),
      answer: z.strictObject({ pid: z.number().int() }),
    },
    async ({ params }, { workspace }) => {
      const { studyFile: file } = workspace.study(params.study!);
      const order = { file, studies: workspace.studies, acceptRisks: [], retrain: false, amend: null, resume: true };
      return { pid: await startStudy(order) };
    },
  ),
  post(
    '/studies/:study/stop',
    {
      summary: 'Ask the run of a study to stop; what is finished is kept',
      body: z.strictObject({}),
      answer: z.strictObject({ pid: z.number().int() }),
    },
    ({ params }, { workspace }) => ({ pid: stopStudy(params.study!, workspace.study(params.study!)) }),
  ),
];
