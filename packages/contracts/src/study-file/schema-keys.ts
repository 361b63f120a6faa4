import { z } from 'zod';

/** The keys that a schema knows at a path; of all alternatives where the schema allows several shapes. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  return objectsAt(schema, path).flatMap((object) => Object.keys(object.shape));
}

/** Every key of a schema, as dotted paths such as `training.schedule.step.every`; list items share one path. */
export function allKeys(schema: z.ZodType, prefix = ''): readonly string[] {
  const keys = shapes(schema).flatMap((shape) => {
    if (shape instanceof z.ZodArray) return allKeys(shape.element as z.ZodType, prefix);
    if (!(shape instanceof z.ZodObject)) return [];
    return Object.entries(shape.shape).flatMap(([key, value]) => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      return [path, ...allKeys(value as z.ZodType, path)];
    });
  });
  return [...new Set(keys)];
}

function objectsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly z.ZodObject[] {
  const [key, ...rest] = path;
  return shapes(schema).flatMap((shape) => {
    if (key === undefined) return shape instanceof z.ZodObject ? [shape] : [];
    if (shape instanceof z.ZodArray) return objectsAt(shape.element as z.ZodType, rest);
    if (shape instanceof z.ZodRecord) return objectsAt(shape.valueType as z.ZodType, rest);
    const child = shape instanceof z.ZodObject ? shape.shape[String(key)] : undefined;
    return child === undefined ? [] : objectsAt(child as z.ZodType, rest);
  });
}

/** Looks through defaults, optionals, unions and shorthands at what a value may be. */
function shapes(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => shapes(option as z.ZodType));
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodExactOptional
  ) {
    return shapes(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return shapes(schema.in as z.ZodType);
  return [schema];
}
