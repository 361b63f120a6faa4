/** What a page must know of raw pixels before it reads them; in the header `Chromaray-Picture`, as JSON. */
export interface PictureHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a value; above 8, values are two bytes, the low one first. */
  readonly bits: number;
  /** 1: gray; 3: red, green, blue. */
  readonly channels: 1 | 3;
  /** The window that the file proposes. */
  readonly window?: { readonly centre: number; readonly width: number } | undefined;
  /** More that belongs to the picture, such as what a network said of it. */
  readonly about?: Readonly<Record<string, unknown>>;
}

export const rawPixels = {
  type: 'application/octet-stream',
  description: 'Pixels, row after row from the top left; the header Chromaray-Picture says how.',
} as const;

/** Raw pixels as an answer. */
export function pictureAnswer(data: Uint8Array | Uint16Array, header: PictureHeader): Response {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength) as Uint8Array<ArrayBuffer>;
  // Headers are Latin-1, names of records are not.
  const described = encodeURIComponent(JSON.stringify(header));
  return new Response(bytes, { headers: { 'Content-Type': rawPixels.type, 'Chromaray-Picture': described } });
}
