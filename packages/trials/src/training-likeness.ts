import { describeLikeness, type GrayImage, type Likeness, type PixelPack, toGray } from '@chromaray/imaging';

/** Pictures of a part that are looked at, evenly over it: more would take longer and tell no more. */
const most = 2000;

/**
 * What the training part of a trial looks like, with limits set on its validation part; in gray, as brightness is what all
 * arms share. The test part is not looked at.
 */
export function trainingLikeness(train: PixelPack, validation: PixelPack): Likeness | undefined {
  return describeLikeness(grayPictures(train), grayPictures(validation));
}

function* grayPictures(pack: PixelPack): Generator<GrayImage> {
  const [count, height, width, channels] = pack.shape;
  const shown = Math.min(count, most);
  for (let i = 0; i < shown; i++) {
    const data = new Uint8Array(height * width * channels);
    pack.read(Math.floor((i * count) / shown), data);
    yield toGray({ width, height, channels, data });
  }
}
