import { counted } from '@chromaray/base';
import { type EndpointKind, endpointName } from '@chromaray/contracts';
import type { EndpointShortage } from '@chromaray/evidence';

const purposes: Readonly<Record<EndpointShortage['for'], string>> = {
  variance: 'for an interval that holds its level',
  threshold: 'to place its threshold',
  range: 'to have some within its range of false positive rates',
};

/** Why an endpoint is refused, in a sentence. */
export function endpointShortageText(
  endpoint: EndpointKind,
  shortage: EndpointShortage,
  names: { readonly positive: string; readonly negative: string },
): string {
  const { part, of, found, needed } = shortage;
  const name = of === 'positives' ? names.positive : names.negative;
  return `The ${endpointName(endpoint)} needs ${counted(needed, 'patient')} with ${name} in the ${part} part ${purposes[shortage.for]}, but there ${found === 1 ? 'is' : 'are'} ${found}.`;
}
