import type { ColourSpec } from '@chromaray/contracts';
import { stringify } from 'yaml';

/** The line of a study file that makes an arm of a colour, without the dash before it: `{ name: …, colour: … }`. */
export function armLine(name: string, colour: ColourSpec): string {
  return stringify(
    { name, colour },
    { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true, defaultStringType: 'PLAIN' },
  ).trimEnd();
}
