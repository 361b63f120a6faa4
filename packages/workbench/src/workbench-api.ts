import type { Hono } from 'hono';
import { createApi } from './api/create-api.js';
import { createServices } from './api/services.js';
import type { WorkbenchOptions } from './open-workbench.js';
import { routes } from './routes/index.js';
import type { Workspace } from './workspace/workspace.js';

export interface WorkbenchApi {
  readonly api: Hono;
  /** Ends processes and forgets what was dropped. */
  close(): void;
}

/** {@link WorkbenchOptions} says what these are. */
type ApiOptions = Pick<WorkbenchOptions, 'studySchema'> & { readonly onAnswer: WorkbenchOptions['onAnswer'] };

/** The interface of a workbench, with all that its routes work with. */
export function workbenchApi(workspace: Workspace, { onAnswer, studySchema }: ApiOptions): WorkbenchApi {
  const services = createServices(workspace, studySchema);
  return {
    api: createApi(routes, services, onAnswer),
    close() {
      services.datasets.close();
      services.work.close();
      services.dropped.close();
    },
  };
}
