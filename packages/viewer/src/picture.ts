/** A gray picture, row after row from the top left. Higher values are brighter unless inverted. */
export interface GrayPicture {
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
  /** Bits a value, 1 to 16: values are 0 to 2^bits - 1. */
  readonly bits: number;
  /** `width * height` values; Uint16Array where `bits` is above 8. */
  readonly data: Uint8Array | Uint16Array;
  /** Windows that the picture comes with; the first is shown first. */
  readonly presets?: readonly WindowPreset[];
}

/** The values between which gray runs from black to white: centre ± width / 2, in the picture's values. */
export interface Window {
  readonly centre: number;
  /** Above 0. */
  readonly width: number;
}

export interface WindowPreset {
  readonly name: string;
  readonly window: Window;
}

/** The same view in colour: a finished picture, or a table that every level of gray is looked up in. */
export type Colouring =
  | {
      /** Any size; it covers the gray picture. */
      readonly width: number;
      readonly height: number;
      /** `width * height` triples of red, green and blue. */
      readonly rgb: Uint8Array;
    }
  | {
      /** 256 triples of red, green and blue. */
      readonly table: Uint8Array;
    };

/** A map laid over the picture, such as Grad-CAM: transparent at 0, densest at 255. */
export interface Overlay {
  /** Any size; it covers the gray picture. */
  readonly width: number;
  readonly height: number;
  /** `width * height` values from 0 to 255. */
  readonly data: Uint8Array;
  /** 256 triples of red, green and blue. Default: from red to yellow. */
  readonly table?: Uint8Array;
}

/** Everything that a viewer shows at once; all of one patient's picture. */
export interface Shown {
  readonly gray: GrayPicture;
  readonly colour?: Colouring;
  readonly overlay?: Overlay;
  /** What it is, for readers of the screen. */
  readonly name: string;
}

/** How it is looked at. Independent of the size of screen and picture, so that links and linked viewers can share it. */
export interface ViewState {
  readonly window: Window;
  /** White is black. */
  readonly invert: boolean;
  /** 1: the whole picture fits; 2: twice as large. */
  readonly zoom: number;
  /** The place of the picture in the middle of the view, as shares of its width and height. */
  readonly centre: Place;
  /** From 0, gray alone, to 1, colour alone. */
  readonly colour: number;
  /** Opacity of the overlay where it is densest, 0 to 1. */
  readonly overlay: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
