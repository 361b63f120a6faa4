import { counted, listed, percent } from '@chromaray/base';
import type { ImageSection } from '@chromaray/contracts';

/** How a picture becomes what a network sees, but for colour, in the order in which it is done. */
export function preparationSentence({
  size,
  window,
  crop,
  invert,
  clahe,
  bits,
  jpeg,
  fit,
  blur,
}: ImageSection): string {
  const steps = [
    window === undefined ? 'decoded to gray' : `decoded to gray with ${contrast(window)}`,
    ...(crop === undefined ? [] : [`cropped (${cuts(crop)})`]),
    ...(invert === true ? ['inverted'] : []),
    ...(clahe === undefined
      ? []
      : [`equalised by CLAHE (clip limit ${clahe.clip}, ${clahe.tiles} x ${clahe.tiles} tiles)`]),
    ...(bits === undefined ? [] : [`reduced to ${counted(bits, 'bit')} of gray`]),
    ...(jpeg === undefined ? [] : [`stored as JPEG of quality ${jpeg}`]),
    `${fit === 'letterbox' ? 'fitted in shape, on black,' : 'stretched'} to ${size} x ${size} pixels`,
    ...(blur === undefined ? [] : [`blurred (standard deviation ${blur} pixels)`]),
  ];
  return `Pictures were ${listed(steps)}.`;
}

function contrast(window: NonNullable<ImageSection['window']>): string {
  if (window === 'full') return 'the contrast from the smallest to the largest value stored';
  return `a window of width ${window.width} about ${window.centre}`;
}

function cuts(crop: NonNullable<ImageSection['crop']>): string {
  const sides = Object.entries(crop).filter(([, share]) => share > 0);
  return sides.map(([side, share]) => `${side} ${percent(share)}`).join(', ');
}
