import { count, decimal, isChromarayError } from '@chromaray/base';
import type { Dataset, Finding } from '@chromaray/contracts';
import type { RecordEvidence } from '@chromaray/data';
import { dataUri, decodeGray, encodeJpeg, resize } from '@chromaray/imaging';
import { type Html, html } from '../../kit/html.js';

/** Pictures that a finding says belong together, and what it says of them. */
export interface PictureGroup {
  readonly records: readonly (Pick<RecordEvidence, 'record'> & Partial<RecordEvidence>)[];
  /** Measured values, by name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const groupsShown = 12;
/** Of these, in sight before anything is unfolded. */
const groupsInSight = 3;
const picturesShown = 4;
/** Longer side in pixels; twice what it is shown at, for sharp screens. */
const thumbnailSide = 224;

/**
 * The pictures behind a finding, where its evidence is a list of records or of groups of records. Checks
 * list the worst first.
 */
export function pictureGroups({ evidence }: Finding): readonly PictureGroup[] {
  if (!Array.isArray(evidence)) return [];
  return evidence.flatMap((item: unknown): readonly PictureGroup[] => {
    if (typeof item !== 'object' || item === null) return [];
    const { records, record, ...others } = item as { records?: unknown; record?: unknown };
    const facts = Object.entries(others).map(([name, value]) => [name, fact(value)] as const);
    if (Array.isArray(records)) return [{ records, facts }];
    return typeof record === 'string' ? [{ records: [{ record }], facts }] : [];
  });
}

/** The worst groups of a finding as thumbnails; null when it has none. */
export async function gallery(finding: Finding, dataset: Dataset): Promise<Html | null> {
  const groups = pictureGroups(finding);
  if (groups.length === 0) return null;
  const files = new Map(dataset.records.map(({ id, file }) => [id, file]));
  const shown = await Promise.all(groups.slice(0, groupsShown).map((group) => groupFigure(group, files)));
  const more = groups.length - groupsShown;
  const rest = shown.slice(groupsInSight);
  return html`${shown.slice(0, groupsInSight)}${
    rest.length === 0
      ? null
      : html`<details class="more"><summary>${rest.length} more${more > 0 ? ` here, and ${count(more)} in audit.json` : null}</summary>
${rest}</details>`
  }`;
}

async function groupFigure({ records, facts }: PictureGroup, files: ReadonlyMap<string, string>): Promise<Html> {
  const pictures = await Promise.all(
    records.slice(0, picturesShown).map(async ({ record, label, patient, part }) => {
      const place = [part, label, patient === null || patient === undefined ? null : `patient ${patient}`];
      const words = place.filter((word) => word !== null && word !== undefined).join(', ');
      const file = files.get(record);
      const source = file === undefined ? null : await thumbnail(file);
      return html`<span>${source === null ? null : html`<img src="${source}" alt="${record}">`}<span class="file">${record}</span>${words}</span>`;
    }),
  );
  const more = records.length - picturesShown;
  const measured = facts.map(([name, value]) => `${name} ${value}`).join(', ');
  return html`<figure class="sample"><div class="pictures roomy">${pictures}</div>
<figcaption>${measured}${more > 0 ? `${measured === '' ? '' : '; '}and ${more} more` : null}</figcaption></figure>
`;
}

/** A small gray JPEG as a `data:` address, so that the page needs no other file; null for a file that cannot be read. */
async function thumbnail(file: string): Promise<string | null> {
  try {
    const image = await decodeGray(file);
    const scale = Math.min(1, thumbnailSide / Math.max(image.width, image.height));
    const side = (length: number): number => Math.max(1, Math.round(length * scale));
    const small = resize(image, { width: side(image.width), height: side(image.height) });
    return dataUri(await encodeJpeg(small, 80), 'jpeg');
  } catch (error) {
    if (isChromarayError(error)) return null;
    throw error;
  }
}

function fact(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isInteger(value) ? count(value) : decimal(value, 3);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
