import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStudyStore, studyFolder } from '@chromaray/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../workspace/workspace.js';
import { StudyEvents } from './study-events.js';
import { studySummarySchema, summariseStudies } from './study-state.js';

let folder: string;
let workspace: Workspace;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-studies-'));
  workspace = new Workspace(folder, path.join(folder, 'studies'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A study with so many events. */
function begun(name: string, events: number): void {
  const store = openStudyStore(studyFolder(workspace.studies, name).store);
  store.plan([{ arm: 'gray', seed: 1, fingerprint: 'f' }]);
  for (let i = 0; i < events; i++) store.addEvent({ kind: 'audit-started', records: i });
  store.close();
}

describe('the list of studies', () => {
  it('a study that cannot be read hides none of the others, and says why', () => {
    begun('good', 1);
    const broken = studyFolder(workspace.studies, 'broken');
    mkdirSync(broken.root, { recursive: true });
    writeFileSync(broken.store, 'no store at all');
    begun('verdictless', 1);
    writeFileSync(studyFolder(workspace.studies, 'verdictless').verdict, '{ "verdict": ');
    const list = summariseStudies(workspace);
    expect(list.map(({ name, state }) => [name, state])).toEqual([
      ['broken', 'unreadable'],
      ['good', 'interrupted'],
      ['verdictless', 'unreadable'],
    ]);
    expect(list[0]!.error).toMatchObject({ code: 'CHROMARAY_STORE_UNREADABLE', message: expect.stringMatching(/\w/) });
    for (const one of list) expect(studySummarySchema.safeParse(one).success).toBe(true);
  });
});

describe('the events of a study', () => {
  it('are those of the study that is there, also where another of the same name has replaced it', async () => {
    begun('one', 3);
    const events = new StudyEvents(workspace, 'one');
    const stop = events.onNew(() => {});
    expect((await events.after(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await events.after(3, 10)).toEqual([]);
    rmSync(studyFolder(workspace.studies, 'one').root, { recursive: true });
    await expect(events.after(3, 10)).rejects.toMatchObject({ code: 'CHROMARAY_WEB_NOT_FOUND' });
    begun('one', 1);
    await expect(events.after(3, 10)).rejects.toMatchObject({
      code: 'CHROMARAY_WEB_NOT_FOUND',
      remedy: expect.stringContaining('Reload'),
    });
    expect((await events.after(0, 10)).map(({ seq }) => seq)).toEqual([1]);
    stop();
  });

  it('a folder that loses its files one by one is told as gone, not as damaged', async () => {
    begun('one', 3);
    const events = new StudyEvents(workspace, 'one');
    const stop = events.onNew(() => {});
    const { store, root } = studyFolder(workspace.studies, 'one');
    writeFileSync(store, 'half of it');
    const asked = events.after(0, 10);
    setTimeout(() => rmSync(root, { recursive: true }), 50);
    await expect(asked).rejects.toMatchObject({ code: 'CHROMARAY_WEB_NOT_FOUND' });
    stop();
  });
});
