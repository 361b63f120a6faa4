import type { Fault } from '../../api/client.js';

/** What the page asks of the sealed worker. Bytes are handed over, not copied. */
export type ModelOrder =
  | { readonly kind: 'open'; readonly runtime: ArrayBuffer; readonly model: ArrayBuffer; readonly name: string }
  | { readonly kind: 'look'; readonly picture: ArrayBuffer; readonly name: string }
  /** What unpacks compressed DICOM files. */
  | { readonly kind: 'decoders'; readonly program: ArrayBuffer };

/** What a model says of itself. */
export interface OpenedModel {
  readonly classes: readonly string[];
  /** Absent, with the threshold, for a model of several classes. */
  readonly positive?: string;
  readonly threshold?: number;
  readonly width: number;
  readonly height: number;
  readonly transform: string;
  readonly preset: string;
  readonly notice: string;
  /** Pictures on which the limits of likeness were set; null where the file does not say what its training data look like. */
  readonly calibrated: number | null;
}

/** What a model says of a picture. */
export interface Said {
  /** The picture, for the viewer. */
  readonly picture: {
    readonly width: number;
    readonly height: number;
    readonly bits: number;
    readonly data: Uint8Array | Uint16Array;
    readonly window: { readonly centre: number; readonly width: number } | undefined;
  };
  /** Of the positive class; of several classes that of the one it is called. */
  readonly probability: number;
  /** Of each of several classes, in their order; absent for a model of two. */
  readonly probabilities?: readonly number[];
  readonly called: string;
  /** How far the picture is from the training data, in limits: above 1 is far. Null where the file does not say. */
  readonly likeness: { readonly pattern: number; readonly fine: number; readonly far: boolean } | null;
  /** Grad-CAM for what it is called, 0 to 255; or why there is none. */
  readonly map:
    | { readonly width: number; readonly height: number; readonly data: Uint8Array; readonly empty: boolean }
    | Fault;
  /** Faults in spite of which the picture was read. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

export type ModelAnswer =
  | { readonly kind: 'opened'; readonly model: OpenedModel }
  | { readonly kind: 'said'; readonly said: Said }
  /** The same picture is to be sent again, after the decoders. */
  | { readonly kind: 'decoders-needed' }
  | { readonly kind: 'decoders-taken' }
  | { readonly kind: 'failed'; readonly fault: Fault };
