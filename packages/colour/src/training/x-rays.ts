import { Random } from '@chromaray/base';
import {
  decodeGray,
  drawAnatomy,
  drawExposure,
  drawPathology,
  type GrayImage,
  type PathologyKind,
  picturesAt,
  renderPhantom,
} from '@chromaray/imaging';

/** A gray picture to be looked at on the sheets. */
export interface ShownXRay {
  readonly label: string;
  readonly gray: GrayImage;
}

/** Shown on a sheet. */
const shown = 4;
const phantomSide = 512;

/**
 * The X-rays that sheets show beside photographs: the first of a folder or archive, or else drawn ones.
 *
 * @throws ChromarayError of `picturesAt` and `decodeGray`
 */
export async function xRaysToShow(input: string | undefined): Promise<readonly ShownXRay[]> {
  if (input === undefined) return (['normal', 'bacteria'] as const).map(phantom);
  const files = (await picturesAt(input)).slice(0, shown);
  return Promise.all(files.map(async (file, i) => ({ label: `X-ray ${i + 1}`, gray: await decodeGray(file) })));
}

function phantom(kind: PathologyKind, index: number): ShownXRay {
  const random = new Random('sheets').fork(index);
  const anatomy = drawAnatomy(random.fork('anatomy'));
  const pathology = drawPathology(kind, 0, anatomy, random.fork('pathology'));
  const exposure = drawExposure(random.fork('exposure'));
  const gray = renderPhantom(anatomy, pathology, exposure, phantomSide, random.fork('noise'));
  return { label: `drawn X-ray ${index + 1}`, gray };
}
