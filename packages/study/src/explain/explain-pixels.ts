import { type Explanation, evidenceFor, GradCam, type GradCamOptions, type Model } from '@chromaray/engine';
import type { Size } from '@chromaray/imaging';

/** Pixels of one picture as its network takes them, and what it was called. */
export interface Asked {
  /** uint8, [channels, height, width]. */
  readonly pixels: Uint8Array;
  /** 1: what speaks for the class of `unit`, by default the positive one; -1: what speaks against it. */
  readonly towards: 1 | -1;
  /** Which of the model's several classes. Default: 0, of a model of one probability the only one. */
  readonly unit?: number;
}

/** The maps of some pictures under one model. */
export interface Maps {
  readonly size: Size;
  readonly channels: number;
  /** Evidence for (above 0) and against (below) what was asked, place by place. */
  readonly signed: readonly Float32Array[];
  /** What speaks for it: Grad-CAM's map. */
  readonly rectified: readonly Float32Array[];
  /** Of the class that was asked for, by default the positive one. */
  readonly logits: readonly number[];
}

/** Grad-CAM of pictures towards what each was called. */
export async function mapsOf(model: Model, asked: readonly Asked[], options: GradCamOptions = {}): Promise<Maps> {
  const units = [...new Set(asked.map(({ unit = 0 }) => unit))];
  const found = new Map<Asked, Explanation>();
  let map = { height: 0, width: 0, channels: 0 };
  for (const unit of units.length === 0 ? [0] : units) {
    const gradCam = await GradCam.load(model, { ...options, unit });
    try {
      map = gradCam.featureMap;
      const own = asked.filter((one) => (one.unit ?? 0) === unit);
      const explained = await gradCam.explain(joined(own), own.length);
      for (const [i, one] of own.entries()) found.set(one, explained[i]!);
    } finally {
      await gradCam.release();
    }
  }
  const explained = asked.map((one) => found.get(one)!);
  return {
    size: { width: map.width, height: map.height },
    channels: map.channels,
    signed: explained.map(({ evidence }, i) => evidence.map((value) => value * asked[i]!.towards)),
    rectified: explained.map(({ evidence }, i) => evidenceFor(evidence, asked[i]!.towards)),
    logits: explained.map(({ logit }) => logit),
  };
}

function joined(asked: readonly Asked[]): Uint8Array {
  const all = new Uint8Array(asked.reduce((sum, { pixels }) => sum + pixels.length, 0));
  asked.forEach(({ pixels }, i) => {
    all.set(pixels, i * pixels.length);
  });
  return all;
}
