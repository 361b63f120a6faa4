import { existsSync } from 'node:fs';
import { artefactTable } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader, readArtefact } from '@chromaray/store';
import { readStudyStatus } from '@chromaray/study';
import { eventStream } from '@chromaray/web';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';
import { epochsSchema, readEpochs } from '../studies/epochs.js';
import { epochsByArm } from '../studies/epochs-by-arm.js';
import { fleetSchema } from '../studies/fleet-schema.js';
import { readFleet } from '../studies/read-fleet.js';
import {
  artefactFile,
  artefactNames,
  studySummarySchema,
  summariseStudies,
  summariseStudy,
} from '../studies/study-state.js';
import { trialSchema } from '../studies/trial-schema.js';

const since = z.coerce.number().int().min(0).default(0);

export const studyRoutes: readonly Route[] = [
  get('/studies', { summary: 'List studies', answer: z.array(studySummarySchema) }, (_, { workspace }) =>
    summariseStudies(workspace),
  ),
  get('/studies/:study', { summary: 'How a study stands', answer: studySummarySchema }, ({ params }, { workspace }) =>
    summariseStudy(params.study!, workspace.study(params.study!)),
  ),
  get(
    '/studies/:study/trials',
    { summary: 'All trials of a study and how far each is', answer: z.array(trialSchema) },
    ({ params }, { workspace }) => {
      const { root } = workspace.study(params.study!);
      const reader = openStudyReader(workspace.study(params.study!));
      try {
        const epochs = epochsByArm(workspace.study(params.study!).studyFile);
        const stored = new Map(reader.trials().map((trial) => [`${trial.arm} ${trial.seed}`, trial]));
        return readStudyStatus(root, workspace.studies).trials.map((trial) => {
          const more = trial.split === 1 ? stored.get(`${trial.arm} ${trial.seed}`) : undefined;
          return {
            ...{ ...trial, epochs: epochs.get(trial.arm) ?? null },
            ...{ startedAt: more?.startedAt ?? null, finishedAt: more?.finishedAt ?? null },
            ...{ imagesPerSecond: more?.imagesPerSecond ?? null, peakMemoryBytes: more?.peakMemoryBytes ?? null },
            ...{ backend: more?.backend ?? null, threads: more?.threads ?? null, bestEpoch: more?.bestEpoch ?? null },
          };
        });
      } finally {
        reader.close();
      }
    },
  ),
  get(
    '/studies/:study/fleet',
    { summary: "Where a study's trials were given, and the workers that are there", answer: fleetSchema },
    ({ params, request }, { workspace }) => readFleet(workspace.study(params.study!), request.signal),
  ),
  get(
    '/studies/:study/epochs',
    {
      summary: 'Epochs of all trials, or those since an event',
      query: z.strictObject({ since }),
      answer: epochsSchema,
    },
    ({ params, query }, { workspace }) => readEpochs(workspace.study(params.study!), query.since),
  ),
  get(
    '/studies/:study/events',
    {
      summary: 'Everything that happened, then what happens, as server-sent events; replays after Last-Event-ID',
      query: z.strictObject({ since: since.optional() }),
      answer: { type: 'text/event-stream', description: 'One StudyEvent each, numbered.' },
    },
    ({ params, request }, { events }) => eventStream(request, events.of(params.study!)),
  ),
  ...artefactNames.map((name) =>
    get(
      `/studies/:study/artefacts/${name}`,
      { summary: `The study's ${name}`, answer: artefactTable[name].schema },
      ({ params }, { workspace }) => {
        const file = artefactFile(workspace.study(params.study!), name);
        if (existsSync(file)) return readArtefact(name, file);
        throw codedError('CHROMARAY_WEB_NOT_FOUND', {
          message: `The study has no ${name} yet.`,
          remedy: 'It is written when the study gets that far.',
          details: { artefact: name },
        });
      },
    ),
  ),
];
