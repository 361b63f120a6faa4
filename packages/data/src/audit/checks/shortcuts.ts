import type { Dataset, Finding, ViewName } from '@chromaray/contracts';
import type { Check } from '../check.js';
import { measureShortcut, type Shortcut } from '../shortcut/measure.js';
import { sidesOf } from '../sides.js';

interface ViewFinding {
  readonly view: ViewName;
  /** Lower limit of the AUROC's 95 % interval above which the view says something worth a finding. */
  readonly from: number;
  readonly severity: Finding['severity'];
  readonly sees: string;
  readonly reason: string;
  readonly remedy: string;
}

const views: readonly ViewFinding[] = [
  {
    view: 'metadata',
    from: 0.6,
    severity: 'warns',
    sees: 'how its file was written (size, compression, metadata)',
    reason:
      'The classes were made or saved differently, or differ in sharpness and noise: a network may learn that instead of the disease.',
    remedy:
      'Find out how each class was acquired and saved, report this AUROC with that of the models, and test on external data.',
  },
  {
    view: 'border',
    from: 0.7,
    severity: 'warns',
    sees: 'the outer sixteenth of the picture, where there is no lung',
    reason:
      'Markers, frames, collimation or positioning are associated with the label: a network may read them instead of the lungs.',
    remedy:
      'Look at the borders of both classes, crop or mask what predicts the label, and check where the network looks.',
  },
  {
    view: 'thumbnail',
    from: 0.6,
    severity: 'notes',
    sees: 'the picture at 16 by 16 pixels',
    reason:
      'Broad shading predicts this much of the label without any reading of the X-ray; only what a network reaches beyond it can come from finer structure.',
    remedy: 'Use it as the baseline for the AUROC of every model.',
  },
];

/** Of several classes, the one that a view tells best from the rest. */
interface Told extends Shortcut {
  readonly class?: string;
}

const known = new WeakMap<Dataset, ReadonlyMap<ViewName, Told>>();

/**
 * Labels that can be predicted without the lungs: the AUROC of a linear classifier that sees one view of a
 * record, on folds of patients; of several classes each against the rest. Evidence: `{ view, auroc, interval, features, records }`,
 * of several classes with `class`, the one that is told best.
 */
export const shortcuts: Check = {
  id: 'label-shortcuts',
  findings: views.map(({ view }) => findingId(view)),
  run({ dataset }) {
    const measured = known.get(dataset) ?? measureAll(dataset);
    known.set(dataset, measured);
    return views.flatMap(({ view, from, severity, sees, reason, remedy }): readonly Finding[] => {
      const shortcut = measured.get(view);
      if (shortcut === undefined || shortcut.interval.lower <= from) return [];
      const { auroc, interval, features, records, class: told } = shortcut;
      return [
        {
          id: findingId(view),
          severity,
          title:
            told === undefined
              ? `A classifier that sees only ${sees} reaches AUROC ${auroc.toFixed(3)}`
              : `A classifier that sees only ${sees} tells ${told} from the other classes with AUROC ${auroc.toFixed(3)}`,
          reason,
          remedy,
          records: [],
          evidence: {
            view,
            auroc,
            interval: [interval.lower, interval.upper],
            features,
            records,
            ...(told && { class: told }),
          },
        },
      ];
    });
  },
};

function findingId(view: ViewName): string {
  return `label-from-${view}`;
}

function measureAll(dataset: Dataset): ReadonlyMap<ViewName, Told> {
  const { records, several } = dataset;
  return new Map(
    views.flatMap(({ view }) => {
      const found = sidesOf(dataset).flatMap(({ name, has }): readonly Told[] => {
        const shortcut = measureShortcut(view, records, has);
        return shortcut === undefined ? [] : [{ ...shortcut, ...(several && { class: name }) }];
      });
      const [best] = found.sort((a, b) => b.interval.lower - a.interval.lower);
      return best === undefined ? [] : [[view, best] as const];
    }),
  );
}
