import type { DatasetRecord, ViewName } from '@chromaray/contracts';
import { thumbnailSide } from '@chromaray/imaging';
import { type Features, toFeatures } from './matrix.js';

/** Steps a measured value is divided into, so that a class of medium values is found as well. */
const steps = 10;

/** Features of every record under a view; undefined when records were not read from files. */
export function viewFeatures(view: ViewName, records: readonly DatasetRecord[]): Features | undefined {
  if (view === 'metadata') {
    if (records.some(({ traits }) => traits === null)) return undefined;
    return metadata(records);
  }
  if (records.some(({ fingerprint }) => fingerprint === null)) return undefined;
  const see = view === 'border' ? border : reduced;
  return toFeatures(records.map(({ fingerprint }) => see(fingerprint!.thumbnail)));
}

/** Sizes and traits of the files, each also in steps. */
function metadata(records: readonly DatasetRecord[]): Features {
  const samplings = [...new Set(records.map(({ traits }) => traits!.sampling))].sort();
  const measured = records.map(({ bytes, width, height, traits }) => {
    const { quantisation, channels, bitDepth, progressive, profileBytes, metadataBytes, sampling, format } = traits!;
    return [
      Math.log(bytes),
      Math.log(width),
      Math.log(height),
      Math.log(width / height),
      Math.log(bytes / (width * height)),
      quantisation[0] ?? 0,
      quantisation[1] ?? 0,
      channels,
      bitDepth,
      Number(progressive),
      Number(format === 'png'),
      Math.log1p(profileBytes),
      Math.log1p(metadataBytes),
      samplings.indexOf(sampling),
    ];
  });
  const columns = measured[0]!.map((_, c) => inSteps(measured.map((row) => row[c]!)));
  return toFeatures(measured.map((row, r) => [...row, ...columns.flatMap((column) => column[r]!)]));
}

/** Which tenth of all values each one lies in, as numbers of which one is 1. */
function inSteps(values: readonly number[]): readonly (readonly number[])[] {
  const sorted = [...values].sort((a, b) => a - b);
  const bounds = Array.from({ length: steps - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / steps)]!);
  const distinct = [...new Set(bounds)];
  return values.map((value) => {
    const step = distinct.filter((bound) => value >= bound).length;
    return Array.from({ length: distinct.length + 1 }, (_, i) => Number(i === step));
  });
}

/** Width of the rim in pixels of a thumbnail: a sixteenth of the picture. */
const rim = 3;

/** The outermost ring, and the rest of the rim, in pieces of a twelfth of a side. */
function border(thumbnail: Uint8Array): readonly number[] {
  const last = thumbnailSide - 1;
  const piece = thumbnailSide / 12;
  const pieces = new Map<string, { sum: number; count: number }>();
  for (let y = 0; y <= last; y++) {
    for (let x = 0; x <= last; x++) {
      const depth = Math.min(x, y, last - x, last - y);
      if (depth >= rim) continue;
      const side = depth === y ? 'top' : depth === last - y ? 'bottom' : depth === x ? 'left' : 'right';
      const along = Math.floor((side === 'top' || side === 'bottom' ? x : y) / piece);
      const key = `${depth === 0 ? 'edge' : 'rim'} ${side} ${along}`;
      const found = pieces.get(key) ?? { sum: 0, count: 0 };
      pieces.set(key, { sum: found.sum + thumbnail[y * thumbnailSide + x]!, count: found.count + 1 });
    }
  }
  return [...pieces.values()].map(({ sum, count }) => sum / count);
}

/** The picture at 16 by 16 pixels. */
function reduced(thumbnail: Uint8Array): Float64Array {
  const factor = thumbnailSide / 16;
  const result = new Float64Array(256);
  thumbnail.forEach((value, at) => {
    const x = Math.floor((at % thumbnailSide) / factor);
    const y = Math.floor(Math.floor(at / thumbnailSide) / factor);
    result[y * 16 + x]! += value / (factor * factor);
  });
  return result;
}
