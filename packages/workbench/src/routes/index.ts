import type { Route } from '../api/route.js';
import { aboutRoutes } from './about.js';
import { armRoutes } from './arms.js';
import { beginRoutes } from './begin.js';
import { commandRoutes } from './commands.js';
import { datasetRoutes } from './datasets.js';
import { exclusionRoutes } from './exclusions.js';
import { labRoutes } from './lab.js';
import { modelRoutes } from './models.js';
import { pictureRoutes } from './pictures.js';
import { reportRoutes } from './report.js';
import { resultRoutes } from './results.js';
import { studyRoutes } from './studies.js';
import { studyFileRoutes } from './study-files.js';

/** Everything that can be asked of the workbench. */
export const routes: readonly Route[] = [
  ...aboutRoutes,
  ...studyRoutes,
  ...studyFileRoutes,
  ...beginRoutes,
  ...commandRoutes,
  ...datasetRoutes,
  ...exclusionRoutes,
  ...resultRoutes,
  ...reportRoutes,
  ...pictureRoutes,
  ...labRoutes,
  ...armRoutes,
  ...modelRoutes,
];
