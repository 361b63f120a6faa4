import type { BackendOptions, GradientSession, GradientSpecification } from '../backend.js';
import { gradientModel } from '../gradient-model.js';
import { gradientSession } from '../gradient-runner.js';
import { createOrtSession, wrap } from './ort.js';

/** A value of a model with its gradient, as one graph on ONNX Runtime. */
export const OrtGradientSession = {
  async create(specification: GradientSpecification, batch: number, options: BackendOptions): Promise<GradientSession> {
    const { output, wrt } = specification;
    const { model, cut, gradient, shape } = gradientModel(specification, batch);
    const session = await createOrtSession(model, options);
    const wanted = [...new Set([output, wrt, ...(gradient === undefined ? [] : [gradient])])];
    const { name, shape: pixelShape } = cut.pixels;
    return gradientSession(
      cut,
      shape.slice(1),
      async (pixels) => {
        const results = await session.run({ [name]: wrap('uint8', pixels, pixelShape) }, wanted);
        const floats = (key: string): Float32Array => results[key]!.data as Float32Array;
        const value = floats(wrt);
        return {
          output: floats(output),
          value,
          gradient: gradient === undefined ? new Float32Array(value.length) : floats(gradient),
        };
      },
      () => session.release(),
    );
  },
};
