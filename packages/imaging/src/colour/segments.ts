/**
 * The maps that are defined by corner points joined with straight lines: MATLAB's jet, hot and bone, with
 * the corner points matplotlib gives them, and gray.
 */

/** Corner points of one channel: [position 0 to 1, intensity 0 to 1], positions ascending from 0 to 1. */
type Segments = readonly (readonly [position: number, intensity: number])[];

type SegmentMap = readonly [red: Segments, green: Segments, blue: Segments];

const ramp: Segments = [
  [0, 0],
  [1, 1],
];

export const segmentMaps = {
  jet: [
    [
      [0, 0],
      [0.35, 0],
      [0.66, 1],
      [0.89, 1],
      [1, 0.5],
    ],
    [
      [0, 0],
      [0.125, 0],
      [0.375, 1],
      [0.64, 1],
      [0.91, 0],
      [1, 0],
    ],
    [
      [0, 0.5],
      [0.11, 1],
      [0.34, 1],
      [0.65, 0],
      [1, 0],
    ],
  ],
  hot: [
    [
      [0, 0.0416],
      [0.365079, 1],
      [1, 1],
    ],
    [
      [0, 0],
      [0.365079, 0],
      [0.746032, 1],
      [1, 1],
    ],
    [
      [0, 0],
      [0.746032, 0],
      [1, 1],
    ],
  ],
  bone: [
    [
      [0, 0],
      [0.746032, 0.652778],
      [1, 1],
    ],
    [
      [0, 0],
      [0.365079, 0.319444],
      [0.746032, 0.777778],
      [1, 1],
    ],
    [
      [0, 0],
      [0.365079, 0.444444],
      [1, 1],
    ],
  ],
  gray: [ramp, ramp, ramp],
} satisfies Record<string, SegmentMap>;

/** Samples the corner points at 0/255, 1/255, ... 255/255. */
export function segmentTable(channels: SegmentMap): Uint8Array {
  const table = new Uint8Array(256 * 3);
  for (const [c, segments] of channels.entries()) {
    for (let i = 0; i < 256; i++) table[i * 3 + c] = Math.round(255 * intensityAt(segments, i / 255));
  }
  return table;
}

function intensityAt(segments: Segments, position: number): number {
  const next = Math.max(
    1,
    segments.findIndex(([corner]) => corner >= position),
  );
  const [fromPosition, from] = segments[next - 1]!;
  const [toPosition, to] = segments[next]!;
  return from + ((position - fromPosition) / (toPosition - fromPosition)) * (to - from);
}
