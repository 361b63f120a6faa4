import { canonicalJson, listed, Random, sha256 } from '@chromaray/base';
import type {
  CasesSection,
  Dataset,
  DatasetRecord,
  ReaderCase,
  ReaderCases,
  ReaderStudyFile,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/** Fewer of a class give no area under a curve with a variance. */
const fewestOfClass = 2;

/**
 * Which X-rays of a data set are read, and which are practised on. The same file and data give the same list.
 *
 * @throws ChromarayError `CHROMARAY_READERS_CASES` where ids are unknown, a class has too few records, or too few are left
 *   for practice; `CHROMARAY_READERS_PICTURES` for files that cannot be read and are not left out
 */
export function chooseCases(file: Pick<ReaderStudyFile, 'cases' | 'training' | 'seed'>, dataset: Dataset): ReaderCases {
  const { cases: section, training, seed } = file;
  refuseUnknownIds(section, dataset);
  refuseUnreadable(section, dataset);
  const random = new Random(seed).fork('reader study cases');
  const eligible = onePerPatient(
    dataset.records.filter((record) => isWanted(record, section)),
    section,
    random.fork('patients'),
  );
  const { perClass } = section;
  const drawn = [true, false].map((positive) => {
    const all = random.fork(`class ${positive}`).shuffle(eligible.filter((record) => record.positive === positive));
    const count = perClass ?? all.length - (section.only === undefined ? training.perClass : 0);
    if (count > all.length || count < fewestOfClass)
      throw tooFew(dataset, positive, all.length, Math.max(count, fewestOfClass));
    return { read: all.slice(0, count), rest: all.slice(count) };
  });
  const practice = practiceRecords(
    file,
    dataset,
    drawn.flatMap(({ read }) => read),
    random.fork('training'),
  );
  const cases = byName(drawn.flatMap(({ read }) => read));
  const exercises = byName(practice);
  return {
    positive: dataset.positive,
    negative: dataset.negative,
    cases,
    training: exercises,
    hash: casesHash(cases, exercises),
  };
}

/** SHA-256 over names, truths and files: paths do not matter. */
export function casesHash(cases: readonly ReaderCase[], training: readonly ReaderCase[]): string {
  const facts = (list: readonly ReaderCase[]) => list.map(({ name, truth, sha256: file }) => [name, truth, file]);
  return sha256(canonicalJson([facts(cases), facts(training)]));
}

/** Practice is drawn from records that are not read, of patients who are not read. */
function practiceRecords(
  { cases, training }: Pick<ReaderStudyFile, 'cases' | 'training'>,
  dataset: Dataset,
  read: readonly DatasetRecord[],
  random: Random,
): readonly DatasetRecord[] {
  const taken = new Set(read.map(({ id }) => id));
  const patients = new Set(read.flatMap(({ patient }) => (patient === null ? [] : [patient])));
  const leftOut = new Set(cases.leaveOut);
  const pixels = new Set(read.map(({ pixelHash }) => pixelHash));
  const free = dataset.records.filter(
    ({ id, patient, pixelHash }) =>
      !taken.has(id) && !leftOut.has(id) && !pixels.has(pixelHash) && (patient === null || !patients.has(patient)),
  );
  return [true, false].flatMap((positive) => {
    const own = random.fork(`class ${positive}`).shuffle(free.filter((record) => record.positive === positive));
    if (own.length < training.perClass) throw tooFewForPractice(dataset, positive, own.length, training.perClass);
    return own.slice(0, training.perClass);
  });
}

function isWanted(record: DatasetRecord, { filter, only, leaveOut }: CasesSection): boolean {
  const { parts, sexes, ages, subtypes } = filter;
  const among = <T>(list: readonly T[] | undefined, found: T | null | undefined): boolean =>
    list === undefined || (found !== null && found !== undefined && list.includes(found));
  return (
    among(parts, record.givenPart) &&
    among(sexes, record.sex) &&
    among(ages, record.ageBand) &&
    // A finer class is that of a finding: records without it have none.
    (subtypes === undefined || !record.positive || among(subtypes, record.subtype)) &&
    among(only, record.id) &&
    !leaveOut.includes(record.id)
  );
}

function onePerPatient(
  records: readonly DatasetRecord[],
  { onePerPatient: wanted }: CasesSection,
  random: Random,
): readonly DatasetRecord[] {
  if (!wanted) return records;
  const seen = new Set<string>();
  return random.shuffle([...records]).filter(({ id, patient }) => {
    const key = patient ?? `record ${id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function byName(records: readonly DatasetRecord[]): readonly ReaderCase[] {
  return records
    .map(
      ({ id, file, sha256: hash, positive }): ReaderCase => ({ name: id, file, sha256: hash, truth: positive ? 1 : 0 }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function refuseUnknownIds({ only = [], leaveOut }: CasesSection, dataset: Dataset): void {
  const known = new Set([...dataset.records, ...dataset.unreadable].map(({ id }) => id));
  const unknown = [...only, ...leaveOut].filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw codedError('CHROMARAY_READERS_CASES', {
    message: `The data set ${dataset.root} has no ${listed(unknown.slice(0, 3).map((id) => JSON.stringify(id)))}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}, named in "cases".`,
    remedy: 'Write ids as `chromaray data describe --json` lists them.',
    details: { unknown },
  });
}

function refuseUnreadable({ only, leaveOut, filter }: CasesSection, { unreadable }: Dataset): void {
  const inPart = (id: string): boolean =>
    filter.parts === undefined || filter.parts.some((part) => id.startsWith(`${part}/`));
  const bad = unreadable.filter(({ id }) => !leaveOut.includes(id) && (only?.includes(id) ?? inPart(id)));
  const [first] = bad;
  if (first === undefined) return;
  throw codedError('CHROMARAY_READERS_PICTURES', {
    message: `${bad.length === 1 ? 'A picture' : `${bad.length} pictures`} cannot be read: ${first.reason}`,
    remedy: `Repair ${bad.length === 1 ? 'the file' : 'the files'}, or list ${bad.length === 1 ? 'it' : 'them'} under \`cases.leaveOut\`: ${bad
      .slice(0, 5)
      .map(({ id }) => id)
      .join(', ')}.`,
    details: { unreadable: bad.map(({ id, code, reason }) => ({ id, code, reason })) },
  });
}

function tooFew({ positive, negative }: Dataset, isPositive: boolean, found: number, wanted: number) {
  return codedError('CHROMARAY_READERS_CASES', {
    message: `${found} cases of class ${isPositive ? positive : negative} fit the filter; ${wanted} are needed.`,
    remedy: 'Widen `cases.filter`, ask for fewer with `cases.perClass`, or add cases: both classes are needed.',
    details: { class: isPositive ? positive : negative, found, wanted },
  });
}

function tooFewForPractice({ positive, negative }: Dataset, isPositive: boolean, found: number, wanted: number) {
  return codedError('CHROMARAY_READERS_CASES', {
    message: `${found} records of class ${isPositive ? positive : negative} are left for practice; ${wanted} are needed.`,
    remedy: 'Ask for fewer cases with `cases.perClass`, or for fewer exercises with `training.perClass` (0: none).',
    details: { class: isPositive ? positive : negative, found, wanted },
  });
}
