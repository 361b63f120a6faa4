/** A JSON Schema as far as a form reads it. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode | readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How a value is entered. */
export type FieldKind =
  | { readonly kind: 'section'; readonly properties: Readonly<Record<string, SchemaNode>> }
  | { readonly kind: 'list'; readonly item: SchemaNode }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly whole: boolean }
  | { readonly kind: 'text' }
  /** Anything else is written as YAML; `choices` are offered. */
  | { readonly kind: 'yaml'; readonly choices: readonly string[] };

export function fieldKind(given: SchemaNode): FieldKind {
  const { node } = withoutNull(given);
  if (node.properties !== undefined) return { kind: 'section', properties: node.properties };
  const choices = choicesOf(node);
  if (node.anyOf !== undefined)
    return node.anyOf.every((option) => choicesOf(option).length > 0)
      ? { kind: 'choice', choices }
      : { kind: 'yaml', choices };
  if (choices.length > 0) return { kind: 'choice', choices };
  if (node.type === 'array') {
    const { items } = node;
    return items !== undefined && !Array.isArray(items) && (items as SchemaNode).properties !== undefined
      ? { kind: 'list', item: items as SchemaNode }
      : { kind: 'yaml', choices: [] };
  }
  if (node.type === 'boolean') return { kind: 'switch' };
  if (node.type === 'integer' || node.type === 'number') return { kind: 'number', whole: node.type === 'integer' };
  return node.type === 'string' ? { kind: 'text' } : { kind: 'yaml', choices: [] };
}

/** What a value may be beside `null`, which takes away a key that the study has; and whether it may be that. */
export function withoutNull(node: SchemaNode): { readonly node: SchemaNode; readonly isNullable: boolean } {
  if (Array.isArray(node.type) && node.type.includes('null')) {
    const types = node.type.filter((type) => type !== 'null');
    return { node: { ...node, type: types.length === 1 ? types[0] : types }, isNullable: true };
  }
  const others = node.anyOf?.filter(({ type }) => type !== 'null');
  if (others === undefined || others.length === node.anyOf?.length) return { node, isNullable: false };
  const { anyOf: _, ...rest } = node;
  return { node: others.length === 1 ? { ...others[0], ...rest } : { ...rest, anyOf: others }, isNullable: true };
}

/** Words that may be chosen, those of alternatives too. */
function choicesOf(node: SchemaNode): readonly string[] {
  if (node.const !== undefined) return typeof node.const === 'string' ? [node.const] : [];
  if (node.enum !== undefined) return node.enum.filter((one) => typeof one === 'string');
  return (node.anyOf ?? []).flatMap(choicesOf);
}

/** What an item of a list begins as: the keys that it needs, with values of their kinds. @param number of the item, from 1 */
export function newItem(item: SchemaNode, number: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (item.required ?? []).map((key) => {
      const node = item.properties?.[key] ?? {};
      const field = fieldKind(node);
      if (node.default !== undefined) return [key, node.default];
      if (field.kind === 'number') return [key, Math.max(1, node.minimum ?? 1)];
      if (field.kind === 'switch') return [key, false];
      if (field.kind === 'choice' || (field.kind === 'yaml' && field.choices.length > 0))
        return [key, field.choices[0]];
      return [key, `new-${number}`];
    }),
  );
}
