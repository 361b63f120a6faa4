/**
 * Runs one study in a process of its own, which neither the page nor its server can harm: it belongs to no terminal, and
 * goes on when its parent ends. It tells its parent once how it began.
 */
import { isChromarayError, type SerializedError } from '@chromaray/base';
import { keptExecution, openExecution } from '@chromaray/remote';
import { readStudyFile, runStudy } from '@chromaray/study';
import type { StudyBegun, StudyOrder } from './study-order.js';

await main(JSON.parse(process.argv[2]!) as StudyOrder);

async function main({ file, studies, acceptRisks, retrain, amend, resume = false }: StudyOrder): Promise<void> {
  process.umask(process.umask() | 0o077);
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort());
  let told = false;
  const tell = (begun: StudyBegun): void => {
    if (told) return;
    told = true;
    // Nothing is wrong when the parent has gone away meanwhile.
    process.send?.(begun, undefined, undefined, () => {
      if (process.connected) process.disconnect();
    });
  };
  try {
    await runStudy(readStudyFile(file), {
      ...{ studies, acceptRisks, retrain, signal: controller.signal },
      ...(amend !== null && { amend }),
      openExecution: ({ name, execution }, { root }) =>
        openExecution((resume ? keptExecution(root) : execution) ?? { on: 'local' }, {
          study: name,
          folder: root,
          studies,
        }),
      onEvent: () => tell({ started: true }),
    });
  } catch (error) {
    tell({ error: serialized(error) });
    process.exitCode = 1;
    if (!isChromarayError(error)) console.error(error);
  }
}

function serialized(error: unknown): SerializedError {
  if (isChromarayError(error)) return error.toJSON();
  const message = error instanceof Error ? error.message : String(error);
  return { name: 'Error', code: 'CHROMARAY_DEFECT', message, remedy: '', details: {} };
}
