import type { GrayImage } from '@chromaray/imaging';
import { contracts } from './contract.js';
import { type ColorizerFile, tryRenderFactors } from './network-colorizer.js';

const width = 96;
const height = 80;

/** Every gray level, smooth and with edges: what an X-ray has, in small. */
export const probePicture: GrayImage = {
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const inside = (x - width / 2) ** 2 + (y - height / 2) ** 2 < 28 ** 2;
    return inside ? 255 - 2 * x : 1.5 * x + y;
  }),
};

/**
 * Colorizes one small picture at several sizes and throws what it finds wrong: the same errors that colorizing an X-ray
 * would give, before there is a study to stop.
 *
 * @returns the render factors at which the network works, in order; of a file of one size, that one
 * @throws ChromarayError of a file that works at none of them, or does not do at its standard size what its contract says
 */
export async function probeColorizer(file: ColorizerFile): Promise<readonly number[]> {
  const { working, failed } = await tryRenderFactors(file, probePicture);
  const standard = failed.get(contracts[file.contract].renderFactor.standard);
  const [first] = failed.values();
  // A size that a network was not made for shows in its tensors; colours that cannot be right show the wrong contract.
  if (standard?.code === 'CHROMARAY_COLORIZER_RANGE' || (working.length === 0 && standard !== undefined))
    throw standard;
  if (working.length === 0) throw first!;
  return working;
}
