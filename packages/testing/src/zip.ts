import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive, and what its directory says of it where that is not true. */
export interface ZipPart {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly stored?: boolean;
  readonly claims?: {
    readonly bytes?: number;
    readonly packedBytes?: number;
    readonly crc32?: number;
    readonly method?: number;
    readonly offset?: number;
  };
  readonly encrypted?: boolean;
  /** Unix mode with its type, for example 0o120777 for a symbolic link. */
  readonly mode?: number;
}

/** A zip archive byte by byte (APPNOTE 4.3), also such as no tool would write. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { name, content = '', stored = false, claims = {}, encrypted = false, mode = 0o100644 } = part;
    const bytes = Buffer.from(content);
    const data = stored ? bytes : deflateRawSync(bytes);
    const raw = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
    fields.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4);
    fields.writeUInt32LE(claims.crc32 ?? crc32(bytes), 10);
    fields.writeUInt32LE(claims.packedBytes ?? data.length, 14);
    fields.writeUInt32LE(claims.bytes ?? bytes.length, 18);
    fields.writeUInt16LE(raw.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, raw, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(claims.offset ?? offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, tail, raw]));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, entries, end]);
}
