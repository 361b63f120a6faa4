import {
  evidenceFor,
  evidenceOf,
  type GradientModel,
  gradCamPlan,
  gradientModel,
  type Model,
  writeModel,
} from '@chromaray/engine/browser';
import * as ort from 'onnxruntime-web/wasm';
import type { Said } from './messages.js';

/** Grad-CAM with the engine's own gradients, as one graph that runs in the page. */
export class GradCamHere {
  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly graph: GradientModel,
    private readonly featureMap: {
      readonly name: string;
      readonly channels: number;
      readonly height: number;
      readonly width: number;
    },
  ) {}

  /**
   * @param unit which of the model's several classes; 0 of a model of one probability
   * @throws ChromarayError as `GradCam.load`
   */
  static async open(model: Model, options: ort.InferenceSession.SessionOptions, unit: number): Promise<GradCamHere> {
    const { specification, featureMap } = gradCamPlan(model, 1, unit);
    const graph = gradientModel(specification, 1);
    const session = await ort.InferenceSession.create(writeModel(graph.model), options);
    return new GradCamHere(session, graph, featureMap);
  }

  /** What speaks for the class (1) or against it (-1), scaled so that the strongest place is 255. */
  async map(pixels: Uint8Array, towards: 1 | -1): Promise<Exclude<Said['map'], { code: string }>> {
    const { cut, gradient } = this.graph;
    const { name, channels, height, width } = this.featureMap;
    const places = width * height;
    const found = await this.session.run({
      [cut.pixels.name]: new ort.Tensor('uint8', pixels, [...cut.pixels.shape]),
    });
    const features = found[name]!.data as Float32Array;
    const slopes = gradient === undefined ? new Float32Array(features.length) : (found[gradient]!.data as Float32Array);
    const map = evidenceFor(evidenceOf(features, slopes, channels, places), towards);
    const strongest = map.reduce((most, value) => Math.max(most, value), 0);
    const data = Uint8Array.from(map, (value) => (strongest === 0 ? 0 : Math.round((255 * value) / strongest)));
    return { width, height, data, empty: strongest === 0 };
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
