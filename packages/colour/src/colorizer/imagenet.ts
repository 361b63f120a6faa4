/** Mean and standard deviation of ImageNet's red, green and blue on a scale of 0 to 1, as torchvision gives them. */
export const imagenet = {
  mean: Float32Array.of(0.485, 0.456, 0.406),
  deviation: Float32Array.of(0.229, 0.224, 0.225),
} as const;
