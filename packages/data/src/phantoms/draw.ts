import { Random } from '@chromaray/base';
import {
  drawAnatomy,
  drawExposure,
  drawPathology,
  encodePhantom,
  type GrayImage,
  type PhantomAnatomy,
  type PhantomPathology,
  reencodePhantom,
  renderPhantom,
  stampMarker,
} from '@chromaray/imaging';
import type { DerivedFile } from './faults.js';
import type { PhantomSettings } from './options.js';
import type { PlannedImage, PlannedPatient } from './plan.js';

/** Draws images; keeps the last patient, so the images of one patient should be asked for in a row. */
export class PhantomPainter {
  private patient: PlannedPatient | undefined;
  private anatomy: PhantomAnatomy | undefined;
  private pathology: PhantomPathology | undefined;

  constructor(private readonly settings: PhantomSettings) {}

  /** The pixels of a planned image. They depend on the seed, the patient's name and the image's number alone. */
  pixels({ patient, image, marked }: PlannedImage): GrayImage {
    const { seed, size, subtlety } = this.settings;
    const random = new Random(seed).fork(patient.name);
    if (patient !== this.patient || !this.anatomy || !this.pathology) {
      this.anatomy = drawAnatomy(random.fork('anatomy'));
      this.pathology = drawPathology(patient.kind, subtlety, this.anatomy, random.fork('pathology'));
      this.patient = patient;
    }
    const exposure = drawExposure(random.fork(`exposure/${image}`));
    const picture = renderPhantom(this.anatomy, this.pathology, exposure, size, random.fork(`noise/${image}`));
    if (marked) this.mark(picture.data);
    return picture;
  }

  /** The bytes of a planned image's file. */
  file(planned: PlannedImage): Promise<Uint8Array> {
    return encodePhantom(this.pixels(planned), this.settings.format);
  }

  private mark(pixels: Uint8Array): void {
    const { size, faults } = this.settings;
    if (faults.shortcut?.kind === 'marker') {
      stampMarker(pixels, size, 'L', { x: 0.92, y: 0.1, height: 0.1 });
      return;
    }
    const width = Math.max(1, Math.round(0.02 * size));
    for (let row = 0; row < size; row++) {
      const line = pixels.subarray(row * size, (row + 1) * size);
      if (row < width || row >= size - width) line.fill(255);
      line.fill(255, 0, width);
      line.fill(255, size - width);
    }
  }
}

/** The bytes of a file made from another one's. */
export async function deriveFile(
  source: Uint8Array,
  how: DerivedFile['how'],
  format: PhantomSettings['format'],
): Promise<Uint8Array> {
  switch (how) {
    case 'copy':
      return source;
    case 'reencode':
      return reencodePhantom(source, format);
    case 'empty':
      return new Uint8Array(0);
    case 'text':
      return Buffer.from('This file is text. A synthetic data set plants it to see whether an audit notices.\n');
    case 'truncated':
      return source.subarray(0, source.length >> 1);
  }
}
