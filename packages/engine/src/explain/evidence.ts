/** What speaks for a class (`towards` 1) or against it (-1): Grad-CAM's rectified map. */
export function evidenceFor(evidence: Float32Array, towards: 1 | -1): Float32Array {
  return evidence.map((value) => Math.max(0, towards * value));
}

/** Channels of a feature map weighted by their mean slopes and added up, place by place. */
export function evidenceOf(
  features: Float32Array,
  slopes: Float32Array,
  channels: number,
  places: number,
): Float32Array {
  const sums = new Float64Array(places);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * places;
    let weight = 0;
    for (let place = 0; place < places; place++) weight += slopes[start + place]! / places;
    if (weight === 0) continue;
    for (let place = 0; place < places; place++) {
      sums[place]! += weight * features[start + place]!;
    }
  }
  return Float32Array.from(sums);
}
