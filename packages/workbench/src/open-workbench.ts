import { packageFile } from '@chromaray/base';
import { type LocalServer, type ServeOptions, serveLocal } from '@chromaray/web';
import type { Hono } from 'hono';
import { lazyApi } from './api/lazy-api.js';
import type { Route } from './api/route.js';
import type { WorkbenchApi } from './workbench-api.js';
import { openedFolders } from './workspace/opened-folders.js';
import { Workspace } from './workspace/workspace.js';

export interface WorkbenchOptions extends Pick<ServeOptions, 'host' | 'port' | 'token' | 'tls' | 'publicOrigin'> {
  /** A folder, a study file, or a study; {@link openedFolders} says what then is opened. */
  readonly open: string;
  /** Folder that holds studies. Default: the opened one if it holds studies, otherwise `studies` in it. */
  readonly studies?: string | undefined;
  /** File of the JSON Schema of study files with the meaning of every key. Default: the schema without meanings. */
  readonly studySchema?: string | undefined;
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
  const { open, onAnswer, onDefect, studies, studySchema, ...listening } = options;
  const opened = openedFolders(open, studies);
  const workspace = new Workspace(opened.folder, opened.studies);
  let behind: WorkbenchApi | undefined;
  // Study files, networks and pictures take most of a second to load: the address is told before.
  const load = async (): Promise<Hono> => {
    const { workbenchApi } = await import('./workbench-api.js');
    behind ??= workbenchApi(workspace, { onAnswer, studySchema });
    return behind.api;
  };
  const server = await serveLocal({
    ...listening,
    api: lazyApi(load),
    assets: packageFile(import.meta.url, 'workbench-page'),
    bodyLimits: { '/api/pictures': largestPicture },
    page: { sealedWorkers: '/assets/sealed-' },
    onDefect,
  });
  return {
    ...server,
    async stop() {
      behind?.close();
      await server.stop();
    },
  };
}
