import { graphError } from './errors.js';
import type { AttributeValue, GraphNode, Tensor } from './types.js';

/** An integer attribute, or `fallback` when the node does not have it. */
export function intAttribute(node: GraphNode, name: string, fallback: number): number {
  const value = node.attributes[name];
  if (value === undefined) return fallback;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw wrongKind(node, name, 'an integer');
}

/** A floating-point attribute, or `fallback` when the node does not have it. */
export function floatAttribute(node: GraphNode, name: string, fallback: number): number {
  const value = node.attributes[name];
  if (value === undefined) return fallback;
  if (typeof value === 'number') return value;
  if (isFloat(value)) return value.float;
  throw wrongKind(node, name, 'a float');
}

/** A list of integers, or undefined when the node does not have it. */
export function intsAttribute(node: GraphNode, name: string): readonly number[] | undefined {
  const value = node.attributes[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number' || typeof item === 'bigint')) {
    return value.map(Number);
  }
  throw wrongKind(node, name, 'a list of integers');
}

/** A list of floats, or undefined when the node does not have it. */
export function floatsAttribute(node: GraphNode, name: string): readonly number[] | undefined {
  const value = node.attributes[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value as readonly number[];
  if (typeof value === 'object' && 'floats' in value) return value.floats;
  throw wrongKind(node, name, 'a list of floats');
}

/** A text attribute, or `fallback` when the node does not have it. */
export function stringAttribute(node: GraphNode, name: string, fallback: string): string {
  const value = node.attributes[name];
  if (value === undefined) return fallback;
  if (typeof value === 'string') return value;
  throw wrongKind(node, name, 'a string');
}

/** A tensor attribute, or undefined when the node does not have it. */
export function tensorAttribute(node: GraphNode, name: string): Tensor | undefined {
  const value = node.attributes[name];
  if (value === undefined) return undefined;
  if (typeof value === 'object' && 'dtype' in value) return value;
  throw wrongKind(node, name, 'a tensor');
}

function isFloat(value: AttributeValue): value is { readonly float: number } {
  return typeof value === 'object' && 'float' in value;
}

function wrongKind(node: GraphNode, name: string, expected: string) {
  return graphError(node, `has an attribute "${name}" that is not ${expected}`);
}
