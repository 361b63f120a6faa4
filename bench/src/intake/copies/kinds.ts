import type { Random } from '@chromaray/base';
import { applyColourTable, clahe, colourTable, type GrayImage, type Image, resize } from '@chromaray/imaging';
import {
  cropped,
  flipped,
  framed,
  padded,
  quarterTurned,
  shifted,
  transposed,
  turned,
  upsideDown,
} from './geometry.js';
import { blurred, gamma, inverted, labelled, levels, noisy, resaved, tinted, windowed } from './levels.js';

type Altered = GrayImage | Image | Promise<GrayImage | Image>;
type Alter = (image: GrayImage, random: Random) => Altered;

function coloured(map: string): (image: GrayImage) => Image {
  const table = colourTable(map);
  return (image) => applyColourTable(image, table);
}

function scaled({ width, height }: GrayImage, across: number, down: number) {
  return { width: Math.round(width * across), height: Math.round(height * down) };
}

const maps = ['turbo', 'jet', 'viridis', 'magma', 'inferno', 'plasma', 'cividis', 'hot', 'bone', 'shuffled'];

/** Ways in which one exposure turns up in a data set a second time, from the mildest to combinations of two. */
export const kindsOfCopies: Readonly<Record<string, Alter>> = {
  ...Object.fromEntries(maps.map((map) => [`coloured with ${map}`, coloured(map)])),
  'tinted as colorizers do': tinted,
  inverted,
  'turned by 90': quarterTurned,
  'turned by 180': (image) => upsideDown(flipped(image)),
  'turned by 270': (image) => transposed(flipped(image)),
  'flipped left to right': flipped,
  'flipped top to bottom': upsideDown,
  transposed,
  'transposed over the other diagonal': (image) => transposed(upsideDown(flipped(image))),
  'cropped by 5 % of each side': (image) => cropped(image, 0.05),
  'cropped by 10 % of each side': (image) => cropped(image, 0.1),
  'cropped by 15 % of each side': (image) => cropped(image, 0.15),
  'left 15 % cut off': (image) => framed(image, { left: 0.15 }),
  'lower 20 % cut off': (image) => framed(image, { bottom: 0.2 }),
  'a corner of 12 % cut off': (image) => framed(image, { right: 0.12, top: 0.12 }),
  'black border of 10 %': (image) => padded(image, 0.1, 0),
  'white border of 10 %': (image) => padded(image, 0.1, 255),
  'gray border of 10 %': (image) => padded(image, 0.1, 128),
  'letterboxed (20 % above and below)': (image) => framed(image, { top: -0.2, bottom: -0.2 }),
  'border of 6 % with text': (image, random) => labelled(padded(image, 0.06, 0), random),
  'text over the picture': labelled,
  'shifted by 10 % across': (image) => shifted(image, 0.1, 0, 0),
  'shifted by 10 % both ways': (image) => shifted(image, -0.1, 0.1, 0),
  'turned by 3 degrees': (image) => turned(image, 3),
  'turned by 5 degrees': (image) => turned(image, -5),
  'turned by 10 degrees': (image) => turned(image, 10),
  'turned by 10 degrees, white corners': (image) => turned(image, -10, 255),
  'CLAHE, clip limit 2': (image) => clahe(image, { clipLimit: 2 }),
  'CLAHE, clip limit 4': (image) => clahe(image, { clipLimit: 4 }),
  'gamma 0.5': (image) => gamma(image, 0.5),
  'gamma 2': (image) => gamma(image, 2),
  'window of 40 to 200': (image) => windowed(image, 40, 200),
  'darker by 40': (image) => levels(image, (value) => value - 40),
  blurred: (image) => blurred(image, 2),
  'noise of 12 levels': (image, random) => noisy(image, 12, random),
  'JPEG of quality 15': (image) => resaved(image, 15),
  'half as large': (image) => resize(image, scaled(image, 0.5, 0.5)),
  'half as wide': (image) => resize(image, scaled(image, 0.5, 1)),
  'turbo, cropped by 10 %': (image) => coloured('turbo')(cropped(image, 0.1)),
  'jet, turned by 90': (image) => coloured('jet')(quarterTurned(image)),
  'viridis, letterboxed': (image) => coloured('viridis')(framed(image, { top: -0.15, bottom: -0.15 })),
  'inverted, half as large': (image) => inverted(resize(image, scaled(image, 0.5, 0.5))),
  'inverted, turned by 180': (image) => inverted(upsideDown(flipped(image))),
  'flipped, cropped by 10 %': (image) => cropped(flipped(image), 0.1),
  'turned by 90, cropped by 10 %': (image) => cropped(quarterTurned(image), 0.1),
  'turned by 5 degrees, cropped by 8 %': (image) => cropped(turned(image, 5), 0.08),
  'CLAHE, shifted by 6 %': (image) => shifted(clahe(image), 0.06, -0.06, 0),
  'gamma 2, white border of 8 %': (image) => padded(gamma(image, 2), 0.08, 255),
  'inverted, cropped by 10 %': (image) => inverted(cropped(image, 0.1)),
  'magma, turned by 8 degrees': (image) => coloured('magma')(turned(image, 8)),
  'inverted, turned by 6 degrees': (image) => inverted(turned(image, -6)),
  'flipped, CLAHE': (image) => clahe(flipped(image)),
  'turned by 5 degrees, JPEG of quality 30': (image) => resaved(turned(image, 5), 30),
  'text over the picture, cropped by 5 %': (image, random) => labelled(cropped(image, 0.05), random),
  'black border of 12 %, half as large': (image) => {
    const bordered = padded(image, 0.12, 0);
    return resize(bordered, scaled(bordered, 0.5, 0.5));
  },
  'turned by 180, gamma 2': (image) => gamma(upsideDown(flipped(image)), 2),
  'jet, shifted by 8 %': (image) => coloured('jet')(shifted(image, 0.08, 0, 0)),
};
