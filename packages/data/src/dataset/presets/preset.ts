import type { UncertainPolicy } from '@chromaray/contracts';
import type { FileTree } from '../file-tree.js';
import type { Listing } from '../listing.js';

/** How a preset's data set is to be read. */
export interface PresetOptions {
  /** CheXpert only: what an uncertain label (-1) counts as. */
  readonly uncertain: UncertainPolicy;
}

/** Reads a published data set by its own manifest: which column is the label, which the patient, where files lie. */
export type PresetReader = (tree: FileTree, location: string, options: PresetOptions) => Promise<Listing>;

/** The classes that presets make; the positive one is that of all of this program. */
export const presetClasses = {
  positive: 'PNEUMONIA',
  /** Marked as without any finding. */
  noFinding: 'NO FINDING',
  /** Something else than pneumonia. */
  other: 'OTHER FINDING',
  /** Not pneumonia, where the manifest does not tell more. */
  negative: 'NO PNEUMONIA',
} as const;
