import { Datasets } from '../datasets/datasets.js';
import { Cases } from '../results/cases.js';
import { AllEvents } from '../studies/study-events.js';
import type { Workspace } from '../workspace/workspace.js';

/** What routes work with. */
export interface Services {
  readonly workspace: Workspace;
  readonly events: AllEvents;
  readonly datasets: Datasets;
  readonly cases: Cases;
}

export function createServices(workspace: Workspace): Services {
  return { workspace, events: new AllEvents(workspace), datasets: new Datasets(workspace), cases: new Cases() };
}
