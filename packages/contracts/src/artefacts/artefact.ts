import { codedError } from '../errors/coded-error.js';
import type { ArtefactKind, Artefacts } from './table.js';
import { artefactTable } from './table.js';

/**
 * The value in the text of an artefact, without its format, checked against its schema. Fields that this version does
 * not know are kept.
 *
 * @param text JSON
 * @param file where it comes from, named in errors
 * @throws ChromarayError `CHROMARAY_STUDY_FOLDER_NEWER` for a format of a later version;
 *   `CHROMARAY_STUDY_FOLDER_DAMAGED` for text that is no JSON, or not this artefact
 */
export function decodeArtefact<Kind extends ArtefactKind>(kind: Kind, text: string, file: string): Artefacts[Kind] {
  const { format: newest, schema, migrations = [] } = artefactTable[kind];
  let content = parsed(text, file);
  const format = formatOf(content, file);
  if (format > newest) {
    throw codedError('CHROMARAY_STUDY_FOLDER_NEWER', {
      message: `${file} has format ${format}; this version of Chromaray reads up to ${newest}.`,
      details: { file, format, supported: newest },
    });
  }
  for (const migrate of migrations.slice(format)) content = migrate(content);
  const checked = schema.safeParse(content);
  if (checked.success) {
    const { format: _, ...value } = content;
    return value as unknown as Artefacts[Kind];
  }
  const { path, message } = checked.error.issues[0]!;
  throw damaged(file, `at "${path.join('.')}": ${message}`, checked.error);
}

/** The text of an artefact, its format first. */
export function encodeArtefact<Kind extends ArtefactKind>(kind: Kind, value: Artefacts[Kind]): string {
  return `${JSON.stringify({ format: artefactTable[kind].format, ...value }, null, 2)}\n`;
}

/** The format in which this version writes an artefact. */
export function artefactFormat(kind: ArtefactKind): number {
  return artefactTable[kind].format;
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(file, (cause as Error).message, cause);
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
  throw damaged(file, 'an object is expected');
}

/** Versions before 0.2 wrote most artefacts without a format: those have the format 0. */
function formatOf({ format = 0 }: Readonly<Record<string, unknown>>, file: string): number {
  if (Number.isSafeInteger(format) && (format as number) >= 0) return format as number;
  throw damaged(file, `"format" is ${JSON.stringify(format)}`);
}

function damaged(file: string, why: string, cause?: unknown) {
  return codedError('CHROMARAY_STUDY_FOLDER_DAMAGED', {
    message: `${file} is missing or damaged (${why}).`,
    cause,
    details: { file },
  });
}
