import { ChromarayError, nearest } from '@chromaray/base';
import type { Operator } from './operator.js';
import { operators } from './table.js';

const byName = new Map<string, Operator>(
  operators.map((operator) => [key(operator.opType, operator.domain), operator]),
);

/**
 * The operator of a node.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_OPERATOR_UNKNOWN` when the engine does not know it
 */
export function findOperator(opType: string, domain: string, node: string): Operator {
  const operator = byName.get(key(opType, domain));
  if (operator !== undefined) return operator;
  const suggestion = nearest(
    opType,
    [...byName.values()].map((known) => known.opType),
  );
  throw new ChromarayError({
    code: 'CHROMARAY_GRAPH_OPERATOR_UNKNOWN',
    message: `The operator ${domain === '' ? '' : `${domain}.`}${opType} of node "${node}" is not one the engine knows.`,
    remedy:
      suggestion === undefined
        ? 'Export the model with standard ONNX operators, or cut it before this node.'
        : `Did you mean ${suggestion}? Otherwise export the model with standard ONNX operators, or cut it before this node.`,
    details: { operator: opType, domain, node },
  });
}

function key(opType: string, domain = ''): string {
  return `${domain === 'ai.onnx' ? '' : domain}:${opType}`;
}
