/**
 * Attributes of the standard operators that hold a float or a list of floats. JavaScript's `1` does not say
 * whether an int or a float is meant; ONNX insists on the right one.
 */
const floatAttributes = new Set([
  'alpha',
  'beta',
  'bias',
  'coefficient',
  'cubic_coeff_a',
  'epsilon',
  'extrapolation_value',
  'gamma',
  'high',
  'lambd',
  'low',
  'max',
  'mean',
  'min',
  'momentum',
  'ratio',
  'scale',
  'scales',
  'spatial_scale',
  'value_float',
  'value_floats',
]);

export function isFloatAttribute(name: string): boolean {
  return floatAttributes.has(name);
}
