import { listed } from '@chromaray/base';
import type { Dataset, DatasetRecord, Split, SplitSection } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { heldOut } from './folds.js';
import { groupRecords } from './groups.js';

/** Names of the sites of records, in order; records without one are left out. */
export function sitesOf(records: readonly { readonly site?: string }[]): readonly string[] {
  return [...new Set(records.flatMap(({ site }) => site ?? []))].sort();
}

/**
 * The X-rays of one site as the test part, those of all others for training and validation.
 *
 * @param number which site, from 1, in the order of their names
 * @throws ChromarayError `CHROMARAY_SPLIT_SITES` where records have no site, there is one site only, a site has one class
 *   only, or a patient or picture is in two sites; `CHROMARAY_SPLIT_TOO_FEW_PATIENTS`
 */
export function splitBySite(
  dataset: Dataset,
  { fractions, seed }: Pick<SplitSection, 'fractions' | 'seed'>,
  number: number,
): Split {
  const sites = requireSites(dataset);
  const site = sites[number - 1]!;
  const choice = { kind: 'site', site, number, of: sites.length } as const;
  return heldOut(dataset, (record) => record.site === site, { fractions, seed, number, choice, testShare: null });
}

function requireSites(dataset: Dataset): readonly string[] {
  const { records } = dataset;
  const sites = sitesOf(records);
  const unknown = records.filter(({ site }) => site === undefined);
  if (unknown.length > 0) {
    throw sitesError(
      `${unknown.length} of ${records.length} records have no site${sites.length === 0 ? '' : `, such as ${unknown[0]!.id}`}.`,
      'Give the CSV manifest a column `site` that is filled in for every record, or write `split: { folds: 5 }`.',
      { withoutSite: unknown.length, sites },
    );
  }
  if (sites.length === 1) {
    throw sitesError(
      `All ${records.length} records are of one site, ${sites[0]}.`,
      'A site can be left out only where there are others to learn from; write `split: { folds: 5 }`.',
      { sites },
    );
  }
  for (const site of sites) requireBothClasses(site, records, dataset);
  requireApart(records);
  return sites;
}

function requireBothClasses(site: string, records: readonly DatasetRecord[], { positive, negative }: Dataset): void {
  const own = records.filter((record) => record.site === site);
  const positives = own.filter((record) => record.positive).length;
  if (positives > 0 && positives < own.length) return;
  throw sitesError(
    `The ${own.length} records of the site ${site} are all ${positives > 0 ? positive : negative}, so nothing can be measured on them.`,
    'Leave the records of this site out (`dataset.exclude`), or put them together with another in the manifest.',
    { site, records: own.length, positives },
  );
}

/** A patient of two sites would be learned from and tested on. */
function requireApart(records: readonly DatasetRecord[]): void {
  const across = groupRecords(records).filter((group) => sitesOf(group.records).length > 1);
  const [first] = across;
  if (first === undefined) return;
  throw sitesError(
    `${across.length} ${across.length === 1 ? 'patient or picture is' : 'patients or pictures are'} in more than one site, such as ${first.records[0]!.id} (${listed(sitesOf(first.records))}).`,
    'Leave their records out of all sites but one (`dataset.exclude`).',
    { groups: across.length, example: first.records.map(({ id }) => id) },
  );
}

function sitesError(message: string, remedy: string, details: Record<string, unknown>) {
  return codedError('CHROMARAY_SPLIT_SITES', { message, remedy, details });
}
