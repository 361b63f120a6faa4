import type { SerializedError } from '@chromaray/base';
import type { ColourSpec } from '@chromaray/contracts';
import type { RecordOfTrial } from '@chromaray/study';
import type { LumaKept } from '../lab/luma-kept.js';
import type { PictureHeader } from '../pictures/picture-answer.js';

/** Where a picture is, and what errors call it: its path is told to nobody. */
export interface PicturePlace {
  readonly file: string;
  readonly name: string;
}

/** What the process of heavy work can be asked for, and what it then gives. */
export interface Work {
  /** Every bit of a picture, for a viewer. */
  readonly gray: { readonly asks: PicturePlace; readonly gives: RawPicture };
  /** A picture in a colour that an arm could have. */
  readonly coloured: { readonly asks: PicturePlace & Colouring; readonly gives: Coloured };
  /** Side by side in several colours: a PNG. */
  readonly sheet: {
    readonly asks: PicturePlace & { readonly colours: readonly Colouring[] };
    readonly gives: Uint8Array;
  };
  /** Grad-CAM of a record under a trial's network. */
  readonly map: {
    readonly asks: RecordOfTrial & { readonly study: string; readonly studies: string };
    readonly gives: RawPicture;
  };
}

export interface Colouring {
  readonly colour: ColourSpec;
}

export interface RawPicture {
  readonly header: PictureHeader;
  readonly data: Uint8Array | Uint16Array;
}

export interface Coloured extends RawPicture {
  readonly luma: LumaKept;
  readonly seconds: number;
}

export type WorkName = keyof Work;

export interface WorkOrder<Name extends WorkName = WorkName> {
  readonly name: Name;
  readonly asks: Work[Name]['asks'];
}

/** What the process says to an order: one thing at a time, so that no number is needed. */
export type WorkAnswer = { readonly gives: unknown } | { readonly error: SerializedError };
