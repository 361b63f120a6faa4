import { type Document, isMap, isNode, isScalar, type LineCounter } from 'yaml';
import type { Problem } from './problem.js';

/** Line of the value, or of the nearest key above it that is in the file. */
export function lineOf(problem: Pick<Problem, 'path'>, document: Document, lines: LineCounter): number | undefined {
  for (let depth = problem.path.length; depth > 0; depth--) {
    const keys = problem.path.slice(0, depth);
    const parent = depth === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === keys.at(-1)) : undefined;
    const node = pair === undefined ? document.getIn(keys, true) : pair.key;
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
