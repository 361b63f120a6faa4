import { Datasets } from '../datasets/datasets.js';
import { ExclusionLists } from '../datasets/exclusion-lists.js';
import { Dropped } from '../pictures/dropped.js';
import { Cases } from '../results/cases.js';
import { Maps } from '../results/maps.js';
import { AllEvents } from '../studies/study-events.js';
import { WorkRoom } from '../work/work-room.js';
import type { Workspace } from '../workspace/workspace.js';

/** What routes work with. */
export interface Services {
  readonly workspace: Workspace;
  /** File of the JSON Schema of study files; undefined where only its keys are known. */
  readonly studySchema: string | undefined;
  readonly events: AllEvents;
  readonly datasets: Datasets;
  readonly exclusions: ExclusionLists;
  readonly cases: Cases;
  /** Pictures that were dropped on a page. */
  readonly dropped: Dropped;
  /** Where pictures are coloured and networks looked into. */
  readonly work: WorkRoom;
  readonly maps: Maps;
}

export function createServices(workspace: Workspace, studySchema?: string): Services {
  const work = new WorkRoom();
  return {
    studySchema,
    exclusions: new ExclusionLists(workspace),
    ...{ workspace, events: new AllEvents(workspace), datasets: new Datasets(workspace), cases: new Cases() },
    ...{ dropped: new Dropped(), work, maps: new Maps(work) },
  };
}
