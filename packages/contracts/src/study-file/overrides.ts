import { z } from 'zod';

/** Any of a section's keys, and of the mappings in it; `null` for a key that the study has and the arm has not. */
export type Overrides<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] | undefined
    ? T[K] | null
    : T[K] extends object | undefined
      ? Overrides<NonNullable<T[K]>> | null
      : T[K] | null;
};

/** As schemas give values: nothing is read-only. */
type Written<T> = T extends object ? { -readonly [K in keyof T]: Written<T[K]> } : T;

type Mapping = { readonly [key: string]: unknown };

/**
 * The schema of what may stand in place of a section: every key optional and without its default, mappings likewise,
 * `null` where the section itself need not have the key.
 */
export function overridesOf<T extends z.ZodObject>(section: T): z.ZodType<Written<Overrides<z.output<T>>>> {
  const shape = Object.entries(section.shape).map(([key, schema]) => [key, override(schema as z.ZodType)] as const);
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<Written<Overrides<z.output<T>>>>;
}

function override(schema: z.ZodType): z.ZodType {
  const { inner, isOptional } = unwrapped(schema);
  const value = inner instanceof z.ZodObject ? overridesOf(inner) : inner;
  return (isOptional ? value.nullable() : value).exactOptional();
}

/**
 * A section with what stands in place of its keys: mappings are joined key by key, everything else is replaced, and
 * `null` takes a key away.
 *
 * @param begun keys that begin the section anew when they are given
 */
export function overridden(
  schema: z.ZodObject,
  section: object,
  overrides: object | undefined,
  begun: readonly string[] = [],
): object {
  if (overrides === undefined) return section;
  const beginsAnew = begun.some((key) => (overrides as Mapping)[key] !== undefined);
  return joined(schema, beginsAnew ? {} : (section as Mapping), overrides as Mapping);
}

function joined(schema: z.ZodObject, section: Mapping, overrides: Mapping): Mapping {
  const result: Record<string, unknown> = { ...section };
  for (const [key, value] of Object.entries(overrides)) {
    const { inner } = unwrapped(schema.shape[key] as z.ZodType);
    if (value === null) delete result[key];
    else if (inner instanceof z.ZodObject)
      result[key] = joined(inner, (section[key] ?? {}) as Mapping, value as Mapping);
    else result[key] = value;
  }
  return result;
}

function unwrapped(schema: z.ZodType, isOptional = false): { readonly inner: z.ZodType; readonly isOptional: boolean } {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.unwrap() as z.ZodType, isOptional);
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return unwrapped(schema.unwrap() as z.ZodType, true);
  }
  return { inner: schema, isOptional };
}
