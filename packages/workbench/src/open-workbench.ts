import { packageFile } from '@chromaray/base';
import { type LocalServer, type ServeOptions, serveLocal } from '@chromaray/web';
import { createApi } from './api/create-api.js';
import type { Route } from './api/route.js';
import { createServices } from './api/services.js';
import { routes } from './routes/index.js';
import { openedFolders } from './workspace/opened-folders.js';
import { Workspace } from './workspace/workspace.js';

export interface WorkbenchOptions extends Pick<ServeOptions, 'host' | 'port' | 'token' | 'tls' | 'publicOrigin'> {
  /** A folder, a study file, or a study; {@link openedFolders} says what then is opened. */
  readonly open: string;
  /** Folder that holds studies. Default: the opened one if it holds studies, otherwise `studies` in it. */
  readonly studies?: string | undefined;
  readonly onDefect: (error: unknown) => void;
  /** Is given every answer with its route. */
  readonly onAnswer?: (route: Route, answer: unknown) => void;
}

/** Bytes of a picture that is dropped on a page. */
const largestPicture = 256 * 2 ** 20;

/**
 * Starts the workbench.
 *
 * @throws ChromarayError `CHROMARAY_WEB_LISTEN`, `CHROMARAY_WEB_ASSETS`; an error of the system for a folder that is not there
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<LocalServer> {
  const { open, onAnswer, onDefect, studies, ...listening } = options;
  const opened = openedFolders(open, studies);
  const workspace = new Workspace(opened.folder, opened.studies);
  const services = createServices(workspace);
  const server = await serveLocal({
    ...listening,
    api: createApi(routes, services, onAnswer),
    assets: packageFile(import.meta.url, 'workbench-page'),
    bodyLimits: { '/api/pictures': largestPicture },
    page: { sealedWorkers: '/assets/sealed-' },
    onDefect,
  });
  return {
    ...server,
    async stop() {
      services.datasets.close();
      services.work.close();
      await server.stop();
      services.dropped.close();
    },
  };
}
