import { packageFile } from '@chromaray/base';
import { openWorkbench } from '@chromaray/workbench';
import { type Context, untilInterrupted } from '../context.js';
import { showInBrowser } from '../terminal/show-in-browser.js';

/** A workbench beside a study that this process runs. */
export interface Watched {
  /** To be called when the study's folder is there; opens its page, the first time. */
  begun(): void;
  /** Serves the page until Ctrl-C. */
  untilInterrupted(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves a workbench in which the reader watches a study that this process runs.
 *
 * @param folder that is opened
 * @param studies folder that holds the study
 */
export async function watchInBrowser(
  folder: string,
  studies: string,
  study: string,
  context: Context,
): Promise<Watched> {
  const server = await openWorkbench({
    studySchema: packageFile(import.meta.url, 'study.schema.json'),
    ...{ open: folder, studies },
    onDefect: (error) => context.err.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`),
  });
  const address = new URL(server.url);
  address.pathname = `/studies/${encodeURIComponent(study)}`;
  let isShown = false;
  return {
    begun() {
      if (isShown) return;
      isShown = true;
      context.progress.note(`The study is shown live at ${address.href}`);
      showInBrowser(address.href);
    },
    async untilInterrupted() {
      context.progress.note('The page stays open; Ctrl-C ends it.');
      await untilInterrupted(context, 'The page has ended.');
    },
    stop: () => server.stop(),
  };
}

/** What watches a study that is not to be shown. */
export const unwatched: Watched = {
  begun() {},
  async untilInterrupted() {},
  async stop() {},
};
