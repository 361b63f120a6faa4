export { openWorkbench, type WorkbenchOptions } from './open-workbench.js';
