import { type Document, isCollection, isMap, isNode, isScalar, isSeq, parseDocument, stringify } from 'yaml';

export type Path = readonly (string | number)[];

/** What a study file says as plain values; undefined while it is no YAML. */
export function valuesOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown);
}

/** The value at a path; undefined where there is none. */
export function valueAt(values: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    values,
  );
}

/**
 * The text with one value changed. A value that is there is written over where it stands; all else stays as its author wrote it,
 * comments and spaces too. One that is not there is put at the end of its section.
 *
 * @param value undefined: the key goes, and falls back to its default
 * @returns undefined while the text is no YAML, or the path leads through a value that is no section
 */
export function withValue(text: string, path: Path, value: unknown): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  if (value === undefined) return without(document, text, path);
  const there = document.getIn(path, true);
  if (isNode(there) && there.range && !(isScalar(there) && there.source === '')) {
    const [start, end] = there.range;
    if (isScalar(there) || (isCollection(there) && there.flow))
      return text.slice(0, start) + flow(value) + text.slice(end);
  }
  return added(document, text, path, value);
}

function without(document: Document, text: string, path: Path): string | undefined {
  if (document.getIn(path, true) === undefined) return text;
  document.deleteIn(path);
  return written(document);
}

function added(document: Document, text: string, path: Path, value: unknown): string | undefined {
  const parent = document.getIn(path.slice(0, -1), true);
  // A section in braces grows in place: nothing else of the text is touched.
  if ((isMap(parent) || isSeq(parent)) && parent.flow && parent.range) {
    const close = text.lastIndexOf(isMap(parent) ? '}' : ']', parent.range[1] - 1);
    const before = text.slice(0, close).trimEnd();
    const comma = parent.items.length === 0 || before.endsWith(',') ? ' ' : ', ';
    const entry = isMap(parent) ? `${String(path.at(-1))}: ${flow(value)}` : flow(value);
    return `${before}${comma}${entry} ${text.slice(close)}`;
  }
  try {
    const node = document.createNode(value, { flow: true });
    document.setIn(path, node);
    return written(document);
  } catch {
    return undefined;
  }
}

function written(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** A value on one line, as study files are mostly written. */
export function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
}

/** What somebody typed into a field for values of any kind: YAML on one line. @throws Error where it is none */
export function parsedFlow(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(document.errors[0]!.message);
  return document.toJS() as unknown;
}
