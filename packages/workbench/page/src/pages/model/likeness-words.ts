import type { OpenedModel, Said } from './messages.js';

/** What is said of how a picture compares with the training data: one rule on the recorded limits. */
export function likenessWords(
  likeness: Said['likeness'],
  { calibrated }: Pick<OpenedModel, 'calibrated'>,
): { readonly far: boolean; readonly text: string } {
  if (likeness === null || calibrated === null)
    return {
      far: false,
      text: 'Whether this picture is like those that the network was trained on is not known: the model file does not say what they look like (it is of an older version, or they were too few).',
    };
  const { pattern, fine, far } = likeness;
  const reasons = [
    ...(pattern > 1 ? [`its pattern of light and dark is ${times(pattern)} as far from theirs as the limit`] : []),
    ...(fine > 1 ? [`its fine structure is ${times(fine)} as far from theirs as the limit`] : []),
  ];
  if (far)
    return {
      far,
      text: `This picture is unlike those that the network was trained on: ${reasons.join(', and ')}. No answer is given. The limits were set on ${calibrated} pictures of the validation part.`,
    };
  return {
    far,
    text: `Nothing in its pattern of light and dark or its fine structure tells this picture from those that the network was trained on (limits set on ${calibrated} pictures of the validation part). That does not make the answer right.`,
  };
}

function times(value: number): string {
  return Number.isFinite(value) ? `${value < 10 ? value.toFixed(1) : Math.round(value)} times` : 'infinitely';
}
