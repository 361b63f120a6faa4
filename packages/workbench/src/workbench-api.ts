import type { Hono } from 'hono';
import { createApi } from './api/create-api.js';
import type { Route } from './api/route.js';
import { createServices } from './api/services.js';
import { routes } from './routes/index.js';
import type { Workspace } from './workspace/workspace.js';

export interface WorkbenchApi {
  readonly api: Hono;
  /** Ends processes and forgets what was dropped. */
  close(): void;
}

/** The interface of a workbench, with all that its routes work with. */
export function workbenchApi(workspace: Workspace, onAnswer?: (route: Route, answer: unknown) => void): WorkbenchApi {
  const services = createServices(workspace);
  return {
    api: createApi(routes, services, onAnswer),
    close() {
      services.datasets.close();
      services.work.close();
      services.dropped.close();
    },
  };
}
