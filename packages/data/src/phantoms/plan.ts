import { Random } from '@chromaray/base';
import type { PathologyKind } from '@chromaray/imaging';
import type { PhantomNames } from './names.js';
import { type PhantomLabel, type PhantomPart, type PhantomSettings, phantomLabels, phantomParts } from './options.js';

/** One image to be drawn: which patient, the how-many-eth of that patient, and where it goes. */
export interface PlannedImage {
  /** Path below the data set's folder, with `/`. */
  readonly file: string;
  readonly part: PhantomPart;
  readonly label: PhantomLabel;
  readonly patient: PlannedPatient;
  /** Counts from 1 within the patient. */
  readonly image: number;
  /** Whether the mark of a planted shortcut is stamped onto it. */
  readonly marked: boolean;
}

/** A patient; images name the same object, so that the patient's anatomy is drawn once. */
export interface PlannedPatient {
  readonly name: string;
  readonly kind: PathologyKind;
  readonly label: PhantomLabel;
}

/** Patients and images of a set without faults, in the order in which they are drawn. */
export function planImages(settings: PhantomSettings, names: PhantomNames): PlannedImage[] {
  const random = new Random(settings.seed).fork('plan');
  const [fewest, most] = settings.imagesPerPatient;
  const planned: PlannedImage[] = [];
  for (const part of phantomParts) {
    for (const label of phantomLabels) {
      for (let i = 0; i < settings.patients[part][label]; i++) {
        const kind = drawKind(label, settings.bacterialShare, random);
        const patient = { name: names.patient(kind), kind, label };
        const images = fewest + random.int(most - fewest + 1);
        for (let image = 1; image <= images; image++) {
          planned.push(planImage(settings, names, patient, image, part));
        }
      }
    }
  }
  return planned;
}

/** One image of a patient in a part; whether it is marked depends on its place in the patient alone. */
export function planImage(
  settings: PhantomSettings,
  names: PhantomNames,
  patient: PlannedPatient,
  image: number,
  part: PhantomPart,
): PlannedImage {
  const { label } = patient;
  const { shortcut } = settings.faults;
  const draw = new Random(settings.seed).fork(`shortcut/${patient.name}/${image}`).float();
  return {
    file: `${part}/${label}/${names.file(patient.name, image)}`,
    part,
    label,
    patient,
    image,
    marked: shortcut !== undefined && shortcut.label === label && draw < (shortcut.share ?? 1),
  };
}

function drawKind(label: PhantomLabel, bacterialShare: number, random: Random): PathologyKind {
  if (label === 'NORMAL') return 'normal';
  return random.float() < bacterialShare ? 'bacteria' : 'virus';
}
