import type { BackendOptions, GradientSession } from '../backends/backend.js';
import { createBackend } from '../backends/registry.js';
import type { Model } from '../graph/types.js';
import { evidenceOf } from './evidence.js';
import type { FeatureMap } from './feature-map.js';
import { gradCamPlan } from './plan.js';

/** Backend, batch size and class of a Grad-CAM explanation. */
export interface GradCamOptions extends BackendOptions {
  /** Default: `auto`; see `createBackend`. */
  readonly backend?: string;
  /** Examples run at a time. Default: 8. */
  readonly batch?: number;
  /** Which of the model's classes. Default: 0; a model of one probability has only that. */
  readonly unit?: number;
}

/** What a network's last feature map says of one example. */
export interface Explanation {
  /** The class's logit, before sigmoid or softmax. */
  readonly logit: number;
  /**
   * Row by row, `height * width` of the feature map: how much each place speaks for the class (above 0) or
   * against it (below). Only places of one example can be compared with each other.
   */
  readonly evidence: Float32Array;
}

/**
 * Grad-CAM (Selvaraju et al. 2017): where in an image the evidence for a network's answer lies. Channels of the
 * last feature map A are weighted by the mean gradient of the logit y over places and added up:
 *
 *     evidence(place) = sum over channels k of  A[k, place] * mean over places of dy / dA[k]
 *
 * The paper keeps what is positive; `evidenceFor` does. Gradients are the engine's own, on either backend.
 *
 * @example
 * const gradCam = await GradCam.load(model);
 * const [explanation] = await gradCam.explain(pixels, 1);
 * const map = evidenceFor(explanation.evidence, 1);
 * await gradCam.release();
 */
export class GradCam {
  private constructor(
    private readonly session: GradientSession,
    /** The feature map that is read. */
    readonly featureMap: FeatureMap,
    private readonly unit: number,
  ) {}

  /**
   * @throws ChromarayError `CHROMARAY_EXPLAIN_NO_MAP`, `CHROMARAY_EXPLAIN_OUTPUT`, `CHROMARAY_EXPLAIN_INPUT` for
   *   models that have no such map, answer or pixels, and `CHROMARAY_GRAPH_NO_GRADIENT`
   */
  static async load(model: Model, options: GradCamOptions = {}): Promise<GradCam> {
    const { backend, batch = 8, unit = 0, ...backendOptions } = options;
    const { specification, featureMap } = gradCamPlan(model, batch, unit);
    const session = await createBackend(backend).differentiate(specification, batch, backendOptions);
    return new GradCam(session, featureMap, unit);
  }

  /** Explains `count` examples of uint8 pixels in NCHW order. */
  async explain(pixels: Uint8Array, count: number): Promise<readonly Explanation[]> {
    const { output, value, gradient } = await this.session.run(pixels, count);
    const { channels, height, width } = this.featureMap;
    const classes = output.length / Math.max(1, count);
    const size = channels * height * width;
    return Array.from({ length: count }, (_, i) => {
      const features = value.subarray(i * size, (i + 1) * size);
      const slopes = gradient.subarray(i * size, (i + 1) * size);
      const evidence = evidenceOf(features, slopes, channels, height * width);
      return { logit: output[i * classes + this.unit]!, evidence };
    });
  }

  /** Frees the memory of the backend. It cannot be used afterwards. */
  async release(): Promise<void> {
    await this.session.release();
  }
}
