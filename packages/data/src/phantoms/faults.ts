import { Random } from '@chromaray/base';
import type { PhantomNames } from './names.js';
import { optionError, type PhantomLabel, type PhantomPart, type PhantomSettings, phantomParts } from './options.js';
import { type PlannedImage, planImage } from './plan.js';
import type { PhantomRecord, PlantedFaults, UnreadableKind } from './report.js';

/** A file made from another one after that has been written. */
export interface DerivedFile {
  readonly file: string;
  readonly source: string;
  readonly how: 'copy' | 'reencode' | UnreadableKind;
}

export interface FaultPlan {
  /** Images to be drawn beside those of the clean set. */
  readonly images: readonly PlannedImage[];
  readonly derived: readonly DerivedFile[];
  /** The derived files that can be read, as records. */
  readonly records: readonly PhantomRecord[];
  readonly planted: PlantedFaults;
}

/**
 * Chooses what each planted fault does to a clean plan. No image serves two faults, so that every finding
 * of an audit has one cause.
 *
 * @throws ChromarayError `CHROMARAY_PHANTOMS_OPTION` when train has too few images or patients for the faults
 */
export function planFaults(clean: readonly PlannedImage[], settings: PhantomSettings, names: PhantomNames): FaultPlan {
  const { faults, seed } = settings;
  const random = new Random(seed).fork('faults');
  const unused = random.shuffle(clean.filter((image) => image.part === 'train'));
  const take = (fault: string, count = 0): PlannedImage[] => {
    if (count > unused.length) throw optionError(`faults.${fault}`, count, `at most ${unused.length}, the images left`);
    return unused.splice(0, count);
  };
  const images: PlannedImage[] = [];
  const derived: DerivedFile[] = [];
  const records: PhantomRecord[] = [];

  const copy = (source: PlannedImage, part: PhantomPart, label: PhantomLabel, how: 'copy' | 'reencode') => {
    const { kind } = source.patient;
    const claimed = label === source.label ? kind : label === 'NORMAL' ? 'normal' : 'bacteria';
    const patient = names.patient(claimed);
    const file = `${part}/${label}/${names.file(patient, 1)}`;
    derived.push({ file, source: source.file, how });
    records.push({ file, part, label, patient, kind });
    return { original: source.file, copy: file };
  };

  const duplicatesAcrossParts = take('duplicatesAcrossParts', faults.duplicatesAcrossParts).map((source) =>
    copy(source, 'test', source.label, 'copy'),
  );
  const reencodedDuplicatesAcrossParts = take(
    'reencodedDuplicatesAcrossParts',
    faults.reencodedDuplicatesAcrossParts,
  ).map((source) => copy(source, 'test', source.label, 'reencode'));
  const mislabelledDuplicates = take('mislabelledDuplicates', faults.mislabelledDuplicates).map((source) =>
    copy(source, 'train', source.label === 'NORMAL' ? 'PNEUMONIA' : 'NORMAL', 'copy'),
  );

  const { sources = 0, copies = 0, acrossParts = false } = faults.augmentationCopies ?? {};
  const augmentationCopies = take('augmentationCopies.sources', sources).map((source) => {
    const files: string[] = [];
    for (let i = 0; i < copies; i++) {
      const part = acrossParts ? phantomParts[i % phantomParts.length]! : 'train';
      const name = names.variation(source.file.slice(source.file.lastIndexOf('/') + 1), i, random.int(10_000));
      const file = `${part}/${source.label}/${name}`;
      files.push(file);
      derived.push({ file, source: source.file, how: 'copy' });
      const { kind, name: patient } = source.patient;
      records.push({ file, part, label: source.label, patient, kind });
    }
    return { original: source.file, copies: files };
  });

  const kinds: readonly UnreadableKind[] = ['empty', 'text', 'truncated'];
  const unreadableFiles = take('unreadableFiles', faults.unreadableFiles).map((source, i) => {
    const why = kinds[i % kinds.length]!;
    const file = `train/${source.label}/${names.file(names.patient(source.patient.kind), 1)}`;
    derived.push({ file, source: source.file, how: why });
    return { file, why };
  });

  const strays = [...new Set(unused.map((image) => image.patient))];
  const wanted = faults.patientsAcrossParts ?? 0;
  if (wanted > strays.length) {
    throw optionError('faults.patientsAcrossParts', wanted, `at most ${strays.length}, the patients left`);
  }
  const patientsAcrossParts = strays.slice(0, wanted).map((patient) => {
    const own = clean.filter((image) => image.patient === patient);
    const further = planImage(settings, names, patient, own.length + 1, 'test');
    images.push(further);
    return { patient: patient.name, files: [...own, further].map((image) => image.file) };
  });

  return {
    images,
    derived,
    records,
    planted: {
      duplicatesAcrossParts,
      reencodedDuplicatesAcrossParts,
      patientsAcrossParts,
      mislabelledDuplicates,
      augmentationCopies,
      unreadableFiles,
      ...markedFiles([...clean, ...images], derived, settings),
    },
  };
}

/** Who bears the mark of the shortcut: the images drawn with it and the readable copies of those. */
function markedFiles(
  images: readonly PlannedImage[],
  derived: readonly DerivedFile[],
  settings: PhantomSettings,
): Pick<PlantedFaults, 'shortcut'> {
  const { shortcut } = settings.faults;
  if (shortcut === undefined) return {};
  const marked = new Set(images.filter((image) => image.marked).map((image) => image.file));
  const copies = derived.filter(({ how, source }) => (how === 'copy' || how === 'reencode') && marked.has(source));
  const files = [...marked, ...copies.map(({ file }) => file)];
  return { shortcut: { kind: shortcut.kind, label: shortcut.label, files } };
}
