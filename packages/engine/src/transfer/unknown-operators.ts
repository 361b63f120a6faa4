import { isChromarayError } from '@chromaray/base';
import type { Graph } from '../graph/types.js';
import { findOperator } from '../ops/registry.js';
import { transferError } from './errors.js';

/** Operators that draw random numbers. */
const random = /^(Bernoulli|Multinomial|Random(Normal|Uniform)(Like)?)$/;

/**
 * Refuses a network with operators that the engine has no rules for, all of them at once.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_OPERATOR`
 */
export function refuseUnknownOperators(graph: Graph, file: string): void {
  const unknown = new Map<string, string>();
  for (const { opType, domain, name } of graph.nodes) {
    try {
      findOperator(opType, domain, name);
    } catch (error) {
      if (!isChromarayError(error)) throw error;
      const operator = domain === '' ? opType : `${domain}.${opType}`;
      if (!unknown.has(operator)) unknown.set(operator, name);
    }
  }
  if (unknown.size === 0) return;
  const drawn = [...unknown.keys()].some((operator) => random.test(operator));
  const list = [...unknown].map(([operator, node]) => `${operator} (node "${node}")`).join(', ');
  throw transferError(
    'OPERATOR',
    file,
    `it uses ${unknown.size === 1 ? 'an operator' : `${unknown.size} operators`} that the engine does not know: ${list}`,
    drawn
      ? 'The network draws random numbers, as exporters write dropout and stochastic depth of a network in training: call model.eval() before the export.'
      : 'Cut the network before these nodes, or export it with other operators.',
    { operators: [...unknown.keys()] },
  );
}
