/**
 * What a classifier sees of a record that should not predict the label, or not fully: how its file was
 * written, the rim of the picture, or the picture so small that no reader could use it (after Zech 2018 and
 * DeGrave 2021, who found networks reading hospitals instead of lungs).
 */
export type ViewName = 'metadata' | 'border' | 'thumbnail';

/** How well a classifier without access to the lungs predicts labels of the test part, to compare with the networks of the same study. */
export interface ShortcutBaseline {
  readonly view: ViewName;
  readonly auroc: number;
  /** 95 %, over new patients. */
  readonly interval: readonly [lower: number, upper: number];
  /** Of several classes: the macro AUROC of a classifier a class, with its 95 % interval; absent where there are two. */
  readonly macro?: { readonly auroc: number; readonly interval: readonly [lower: number, upper: number] };
  /** Features in which records differ; 0 when the view is the same for all, and the AUROC 0.5 without measuring. */
  readonly features: number;
  /** Records it learned from, and was tested on. */
  readonly trained: number;
  readonly tested: number;
  /** Score of each test record by its id, for paired tests; absent in studies of earlier versions. */
  readonly scores?: Readonly<Record<string, number>>;
}

/** A network's AUROC less a shortcut's, on the same test records: mean over seeds, for new patients and new seeds. */
export interface ShortcutComparison {
  readonly arm: string;
  readonly view: ViewName;
  readonly difference: number;
  readonly interval: readonly [lower: number, upper: number];
  /** Two-sided, not corrected: that an arm is better than every shortcut needs each of them to show it. */
  readonly p: number;
}
