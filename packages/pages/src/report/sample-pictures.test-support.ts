import { crc32, deflateSync } from 'node:zlib';
import type { ReportSample } from './report-input.js';

/** Something like a thorax, in the colours that an arm might give it. */
export function samplePictures(arms: readonly string[], n: number): ReportSample[] {
  return Array.from({ length: n }, (_, i) => ({
    record: i % 2 === 0 ? `test/PNEUMONIA/person${i + 3}_virus_${i + 7}.jpeg` : `test/NORMAL/IM-000${i}-0001.jpeg`,
    label: i % 2 === 0 ? 'PNEUMONIA' : 'NORMAL',
    images: arms.map((arm, tint) => ({
      arm,
      dataUri: `data:image/png;base64,${thorax(96, tint, i % 2 === 0).toString('base64')}`,
    })),
  }));
}

function thorax(size: number, tint: number, opaque: boolean): Buffer {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const u = x / size - 0.5;
      const v = y / size - 0.5;
      const lung = Math.exp(-(((Math.abs(u) - 0.2) / 0.12) ** 4) - (v / 0.36) ** 4);
      const rib = 0.06 * Math.sin(38 * (v + 0.5 * u * u));
      const spot = opaque ? 0.4 * Math.exp(-(((u - 0.2) / 0.09) ** 2) - ((v - 0.12) / 0.1) ** 2) : 0;
      const gray = Math.max(0, Math.min(1, 0.72 - 0.55 * lung + rib + spot - 1.2 * Math.max(0, Math.abs(u) - 0.42)));
      for (let c = 0; c < 3; c++) {
        const value = tint < 2 ? gray : 0.5 + 0.5 * Math.sin(tint * 1.3 + gray * (3 + tint) + c * 2.1);
        rows[y * (size * 3 + 1) + 1 + x * 3 + c] = Math.round(255 * value);
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
