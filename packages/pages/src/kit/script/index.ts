import { filterScript } from './filter.js';
import { hoverScript } from './hover.js';
import { sidewaysScript } from './sideways.js';
import { sortScript } from './sort.js';
import { thresholdScript } from './threshold.js';
import { zoomScript } from './zoom.js';

/**
 * The one script of a page: it betters what the page shows without it, loads nothing and sends nothing. A fault in one part
 * leaves the others working.
 */
export const pageScript = `'use strict';
${[sortScript, sidewaysScript, hoverScript, filterScript, thresholdScript, zoomScript].map((part) => `try {${part}} catch (error) { console.error(error); }`).join('\n')}
`;
