import { evidenceFor, GradCam, type GradCamOptions, type Model } from '@chromaray/engine';
import type { Size } from '@chromaray/imaging';

/** Pixels of one picture as its network takes them, and what it was called. */
export interface Asked {
  /** uint8, [channels, height, width]. */
  readonly pixels: Uint8Array;
  /** 1: explain the positive class; -1: the other. */
  readonly towards: 1 | -1;
}

/** The maps of some pictures under one model. */
export interface Maps {
  readonly size: Size;
  readonly channels: number;
  /** Evidence for (above 0) and against (below) what was asked, place by place. */
  readonly signed: readonly Float32Array[];
  /** What speaks for it: Grad-CAM's map. */
  readonly rectified: readonly Float32Array[];
  /** Of the positive class. */
  readonly logits: readonly number[];
}

/** Grad-CAM of pictures towards what each was called. */
export async function mapsOf(model: Model, asked: readonly Asked[], options: GradCamOptions = {}): Promise<Maps> {
  const gradCam = await GradCam.load(model, options);
  try {
    const { channels, height, width } = gradCam.featureMap;
    const joined = new Uint8Array(asked.reduce((sum, { pixels }) => sum + pixels.length, 0));
    asked.forEach(({ pixels }, i) => {
      joined.set(pixels, i * pixels.length);
    });
    const explained = await gradCam.explain(joined, asked.length);
    return {
      size: { width, height },
      channels,
      signed: explained.map(({ evidence }, i) => evidence.map((value) => value * asked[i]!.towards)),
      rectified: explained.map(({ evidence }, i) => evidenceFor(evidence, asked[i]!.towards)),
      logits: explained.map(({ logit }) => logit),
    };
  } finally {
    await gradCam.release();
  }
}
