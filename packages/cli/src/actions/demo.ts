import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { demoPhantoms, writePhantomDataset } from '@chromaray/data';
import { studyFolder } from '@chromaray/store';
import { parseStudyFile, readStudyStatus, runStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';
import { demoPatients, demoStudy, marginReason } from './demo-study.js';
import { unwatched, watchInBrowser } from './watch-in-browser.js';

export interface DemoOptions {
  readonly out: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** What `chromaray demo` does. */
export async function demoAction(options: DemoOptions, context: Context): Promise<void> {
  const out = path.resolve(options.out);
  const studies = path.join(out, 'studies');
  const study = studyFolder(studies, 'demo');
  if (isFinished(study)) rmSync(study.root, { recursive: true, force: true });
  const { progress, signal } = context;
  progress.note(`Drawing synthetic chest X-rays into ${path.relative('', path.join(out, 'data'))}.`);
  await writePhantomDataset(path.join(out, 'data'), demoPhantoms(demoPatients), {
    signal,
    onProgress: ({ done, total }) => progress.update({ phase: 'drawing', done, total, unit: 'images' }),
  });
  progress.note(marginReason);
  const watched = options.open ? await watchInBrowser(out, studies, 'demo', context) : unwatched;
  try {
    const show = showStudyEvents(progress);
    const outcome = await runStudy(parseStudyFile(demoStudy, path.join(out, 'demo.yaml')), {
      studies,
      retrain: true,
      onEvent: (event) => {
        watched.begun();
        show(event);
      },
      signal,
    });
    progress.end();
    if (options.json) writeJson(context.out, { ...outcome.verdict, folder: outcome.folder.root });
    else printText(context.out, formatVerdict(outcome.verdict, outcome.folder, lineWidth(context.out)));
    await watched.untilInterrupted();
  } finally {
    await watched.stop();
  }
}

function isFinished({ root, store, report }: StudyFolder): boolean {
  return (
    existsSync(store) && existsSync(report) && readStudyStatus(root, '').trials.every(({ status }) => status === 'done')
  );
}
