import { readFileSync } from 'node:fs';
import type { StudyHappening } from '@chromaray/contracts';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner, type TrialExecution } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStudy } from '../run/run-study.js';

const tiny = new TinyStudy();
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

/** Machines of another processor: they compute here, and say otherwise. */
function elsewhere(asked: string[], changes: Partial<TrialExecution> = {}): TrialExecution {
  return {
    runner: (locate) => ({
      run: async (task, onMessage, signal) => {
        asked.push(task.profile.processor);
        const result = await inProcessRunner(locate).run(task, onMessage, signal);
        return { ...result, profile: { ...result.profile, processor: task.profile.processor } };
      },
    }),
    concurrency: 1,
    place: async () => () => 'elsewhere',
    ...changes,
  };
}

describe('a study that was begun on another kind of processor', () => {
  it('is not gone on with on this one where an arm and its control would differ, unless that is asked for', {
    timeout: 120_000,
  }, async () => {
    const study = tiny.studyFile();
    const studies = tiny.path('studies');
    const asked: string[] = [];
    const stop = new AbortController();
    const run = (
      execution: TrialExecution,
      onEvent: (event: StudyHappening) => void = () => {},
      signal = new AbortController().signal,
    ) => runStudy(study, { studies, openExecution: async () => execution, onEvent, signal });
    const stopped = run(elsewhere(asked), (event) => event.kind === 'trial-finished' && stop.abort(), stop.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'CHROMARAY_INTERRUPTED' });
    expect(asked).toEqual(['elsewhere']);

    const events: StudyHappening[] = [];
    const here = run({ runner: inProcessRunner }, (event) => events.push(event));
    await expect(here).rejects.toMatchObject({ code: 'CHROMARAY_EXECUTION_MIXED' });
    expect(events.map(({ kind }) => kind)).not.toContain('training-planned');

    const { folder } = await run({ runner: inProcessRunner, mix: true });
    expect(readFileSync(folder.report, 'utf8')).toMatch(/In 1 of \d+ comparisons? of an arm with its control/);
  });
});
