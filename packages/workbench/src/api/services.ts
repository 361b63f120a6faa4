import { AllEvents } from '../studies/study-events.js';
import type { Workspace } from '../workspace/workspace.js';

/** What routes work with. */
export interface Services {
  readonly workspace: Workspace;
  readonly events: AllEvents;
}

export function createServices(workspace: Workspace): Services {
  return { workspace, events: new AllEvents(workspace) };
}
