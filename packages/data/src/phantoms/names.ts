import type { PathologyKind, PhantomFormat } from '@chromaray/imaging';

/**
 * Names in the manner of the Kermany set (doi:10.17632/rscbjbr9sj.2), from which its patients are read:
 * `IM-0115-0001`, `NORMAL2-IM-0206-0001`, `person23_bacteria_92`. A number is given to one patient only,
 * whatever stands around it, so that every reading of the names finds the same patients.
 */
export class PhantomNames {
  private patients = 0;
  private images = 0;

  constructor(private readonly format: PhantomFormat) {}

  /** The name of the next patient: `IM-0115`, `NORMAL2-IM-0206` or `person23_bacteria`. */
  patient(kind: PathologyKind): string {
    this.patients++;
    if (kind !== 'normal') return `person${this.patients}_${kind}`;
    const number = String(this.patients).padStart(4, '0');
    return this.patients % 3 === 0 ? `NORMAL2-IM-${number}` : `IM-${number}`;
  }

  /** The file name of a patient's image, `image` counting from 1 within the patient. */
  file(patient: string, image: number): string {
    this.images++;
    const last = patient.startsWith('person') ? `_${this.images}` : `-${String(image).padStart(4, '0')}`;
    return `${patient}${last}.${this.format}`;
  }

  /** The name Keras's generator would give the `copy`-th variation of a file: prefix, index, four digits. */
  variation(file: string, copy: number, digits: number): string {
    const stem = file.slice(0, file.lastIndexOf('.'));
    const joint = stem.startsWith('person') ? '_' : '-';
    return `${stem}${joint}${copy}${joint}${String(digits).padStart(4, '0')}.${this.format}`;
  }
}
