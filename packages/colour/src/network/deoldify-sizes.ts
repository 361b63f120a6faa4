/** Sizes of DeOldify's generator, see `buildDeoldifyGenerator`. */
export interface DeoldifySizes {
  /** Channels of the decoder, DeOldify's `nf_factor`; the published model has 1.5. */
  readonly factor: number;
  /** Channels of the encoder's first stage; the published model, a ResNet-34, has 64. */
  readonly encoderChannels: number;
}

/** A decoder that a processor trains in hours, and the published encoder. */
export const defaultDeoldifySizes: DeoldifySizes = { factor: 0.25, encoderChannels: 64 };
