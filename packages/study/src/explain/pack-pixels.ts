import { type Image, openPack, toGray } from '@chromaray/imaging';

/** One X-ray as its network is fed it, and as a person sees it. */
export interface PackPicture {
  /** uint8, [channels, height, width]. */
  readonly pixels: Uint8Array;
  readonly gray: Image;
}

/** Pictures of a pack by record id, in the order asked for. */
export function packPictures(file: string, ids: readonly string[]): readonly PackPicture[] {
  const pack = openPack(file);
  try {
    const [, height, width, channels] = pack.shape;
    return ids.map((id) => {
      const data = new Uint8Array(height * width * channels);
      pack.read(pack.indexOf(id)!, data);
      const picture: Image = { width, height, channels, data };
      return { pixels: planes(picture), gray: { channels: 1, ...toGray(picture) } };
    });
  } finally {
    pack.close();
  }
}

/** Interleaved channels, one plane after the other. */
export function planes({ width, height, channels, data }: Image): Uint8Array {
  const plane = width * height;
  return Uint8Array.from({ length: data.length }, (_, i) => data[(i % plane) * channels + Math.floor(i / plane)]!);
}
