import { statSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '@chromaray/base';
import { type LocalServer, type ServeOptions, serveLocal } from '@chromaray/web';
import { createApi } from './api/create-api.js';
import type { Route } from './api/route.js';
import { createServices } from './api/services.js';
import { routes } from './routes/index.js';
import { Workspace } from './workspace/workspace.js';

export interface WorkbenchOptions extends Pick<ServeOptions, 'host' | 'port' | 'token' | 'tls' | 'publicOrigin'> {
  /** A folder, or a study file, whose folder is then opened. */
  readonly open: string;
  /** Folder that holds studies. Default: `studies` in the opened folder. */
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
  const isFile = statSync(open).isFile();
  const folder = isFile ? path.dirname(path.resolve(open)) : path.resolve(open);
  const workspace = new Workspace(folder, studies ?? path.join(folder, 'studies'));
  const services = createServices(workspace);
  const server = await serveLocal({
    ...listening,
    api: createApi(routes, services, onAnswer),
    assets: packageFile(import.meta.url, 'workbench-page'),
    bodyLimits: { '/api/pictures': largestPicture },
    page: { wasm: true },
    onDefect,
  });
  return {
    ...server,
    async stop() {
      services.datasets.close();
      await server.stop();
    },
  };
}
