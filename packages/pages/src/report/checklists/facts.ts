import { bytes, count, counted, interval, level, listed, metric, percent } from '@chromaray/base';
import { parts } from '@chromaray/contracts';
import { declarationText, whenDeclared } from '../declaration.js';
import type { ReportInput } from '../report-input.js';
import { unknownSentence } from '../unknown-sentence.js';

/** What a study knows about itself, with the section of the report that says more. */
export interface Fact {
  /** Whole sentences. */
  readonly text: string;
  /** Anchor of a section that every report has where the fact is known. */
  readonly section?: FactSection;
}

/** Sections that facts refer to, as a reader would call them. */
export const factSections = {
  arms: 'arms',
  audit: 'audit',
  methods: 'methods',
  who: 'Table 1 and flow',
  checklists: 'checklists',
  comparison: 'arms against control',
  cost: 'arms and networks',
  endpoint: 'endpoint',
  honesty: 'calibration',
  limits: 'known limits',
  looking: 'where they look',
  mistakes: 'most confident mistakes',
  repeat: 'commands and versions',
  shortcuts: 'shortcuts',
  subgroups: 'subgroups',
  subjects: 'data and split',
  training: 'training',
} as const;
export type FactSection = keyof typeof factSections;

/** Null where the study does not know. */
export type Facts = Readonly<Record<keyof ReturnType<typeof studyFacts>, Fact | null>>;

/** Gathers, once, what checklists ask of a study; nothing in it is assumed. */
export function studyFacts(input: ReportInput) {
  return {
    ...design(input),
    ...data(input),
    ...who(input),
    ...modelling(input),
    ...evaluation(input),
    ...openness(input),
  };
}

function fact(text: string, section?: FactSection): Fact {
  return section === undefined ? { text } : { text, section };
}

function design(input: ReportInput) {
  const { arms, verdict, dataset } = input;
  const { endpoint } = verdict;
  const control = arms.find((arm) => arm.control)?.name ?? 'the control';
  const others = listed(arms.filter((arm) => !arm.control).map(({ name }) => name));
  return {
    method: fact('Deep learning: convolutional networks that classify chest X-rays into two classes.', 'cost'),
    summary: fact(verdict.statement),
    objective: fact(
      `Whether ${others}, compared with ${control}, change the AUROC for ${dataset.positive} by more than a margin of ${endpoint.margin}, ${whenDeclared(input)}.`,
      'endpoint',
    ),
    retrospective: fact('Existing images were analysed; none was taken for this study.', 'subjects'),
    goal: fact(
      'A controlled comparison of ways to give X-rays to a network; no model for use comes of it.',
      'endpoint',
    ),
  };
}

function data({ dataset, split, balance, verdict, audit, methods }: ReportInput) {
  const { unreadable, records, patients } = dataset;
  const used = parts.reduce((sum, part) => sum + verdict.counts[part].records, 0);
  const people = patients === null ? 'patients unknown' : counted(patients, 'patient');
  const leftOut =
    unreadable.length === 0
      ? 'No file was unreadable.'
      : `${counted(unreadable.length, 'file')} could not be read and ${unreadable.length === 1 ? 'was' : 'were'} left out.`;
  const perPart = parts
    .map((part) => {
      const { records: n, patients: who, positives } = verdict.counts[part];
      return `${part} ${counted(n, 'X-ray')}${who === null ? '' : ` of ${counted(who, 'patient')}`}, ${count(positives)} ${dataset.positive}`;
    })
    .join('; ');
  const disjoint = {
    patient: 'By patient: no patient is in two parts.',
    provided: patients === null ? null : 'As the data set provides; the audit looked for patients in two parts.',
    sklearn: 'By X-ray: a patient may be in several parts.',
  }[split.method];
  return {
    data: fact(
      `${dataset.name}: ${counted(records, 'readable X-ray')}, ${people}; content hash ${dataset.hash.slice(0, 12)}.`,
      'subjects',
    ),
    exclusions: fact(leftOut, 'audit'),
    subsets: fact(
      used === records
        ? 'All readable X-rays were used.'
        : `${count(used)} of ${count(records)} readable X-rays were used.`,
      'subjects',
    ),
    preprocessing: fact(
      `Decoded to gray${methods === undefined ? '' : `, resized to ${methods.imageSize} x ${methods.imageSize} pixels`}; each arm then changes the pixels as its description says. ${balance}`,
      'cost',
    ),
    deidentified:
      dataset.layout === 'dicom'
        ? fact('Patient identifiers of DICOM files are kept as salted hashes only.', 'subjects')
        : null,
    missing: fact(`${leftOut} Every record has a label; there are no other inputs that could be missing.`, 'audit'),
    quality: fact(
      `The audit made ${counted(audit.checks.length, 'check')} of files, copies, labels and parts before training.`,
      'audit',
    ),
    labels: fact(
      `The labels of the data set were taken as they are: ${dataset.positive} (positive) and ${dataset.negative}.`,
      'subjects',
    ),
    assignment: fact(`Method ${split.method}, seed ${split.seed}: ${perPart}.`, 'subjects'),
    disjoint: disjoint === null ? null : fact(disjoint, 'subjects'),
    leakage: fact(
      verdict.risksAccepted.length === 0
        ? 'The audit looked for copies, near copies and patients across parts before training; nothing that blocks a study was found.'
        : `Risks accepted: ${listed(verdict.risksAccepted)}.`,
      'audit',
    ),
    counts: fact(`${leftOut} In the parts: ${perPart}.`, 'subjects'),
    balance: fact(
      `${balance} ${dataset.positive} makes up ${percent(split.imbalance.prevalence)} of the data.`,
      'subjects',
    ),
    sampleSize: fact(
      `${counted(verdict.counts.test.records, 'test X-ray')}.${verdict.smallestDetectable === null ? '' : ` Minimum detectable difference at 80 % power: ${metric(verdict.smallestDetectable)}.`}`,
      'comparison',
    ),
  };
}

/** Who was studied; an attribute is a fact of its own, so that what a data set does not tell stays the author's. */
function who({ subjects }: ReportInput) {
  if (subjects === undefined) return { flow: null, characteristics: null, ageAndSex: null, device: null, sites: null };
  const groups = new Map(subjects.attributes.map(({ by, groups: of }) => [by, of.map(({ group }) => group)]));
  const told = [...groups.keys()];
  const [devices, sites] = ['device', 'site'].map((by) => groups.get(by) ?? []);
  return {
    flow: fact(
      'The flow figure goes from the X-rays that were found to those of each part, with what was left out.',
      'who',
    ),
    characteristics:
      told.length === 0
        ? null
        : fact(`Table 1 gives ${listed(told)} by part and class. ${unknownSentence(subjects)}`.trim(), 'who'),
    ageAndSex: groups.has('age') && groups.has('sex') ? fact('Age and sex are in Table 1.', 'who') : null,
    device:
      devices!.length === 0 && !groups.has('view')
        ? null
        : fact(
            [
              ...(devices!.length === 0 ? [] : [`Devices: ${listed(devices!)}.`]),
              ...(groups.has('view') ? [`Views: ${listed(groups.get('view')!)}.`] : []),
            ].join(' '),
            'who',
          ),
    sites: sites!.length === 0 ? null : fact(`Sites: ${listed(sites!)}.`, 'who'),
  };
}

function modelling({ methods, arms, verdict }: ReportInput) {
  const sizes = [...new Set(arms.flatMap(({ parameters }) => parameters ?? []))];
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const { machine, versions } = verdict;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return {
    model:
      methods === undefined
        ? null
        : fact(
            `${methods.model} One probability of the positive class a picture.${sizes.length === 0 ? '' : ` ${listed(sizes.map(count))} trained parameters.`} The whole graph is in models/*.onnx.`,
            'cost',
          ),
    software: names.length === 0 ? null : fact(`${listed(names)}.`, 'repeat'),
    hardware: fact(
      `${machine.processor}, ${counted(machine.cores, 'core')}, ${bytes(machine.memoryBytes)}; accelerator: ${machine.accelerator ?? 'none'}.`,
      'repeat',
    ),
    initialisation: methods === undefined ? null : fact(methods.initialisation, 'repeat'),
    training:
      methods === undefined
        ? null
        : fact(`${methods.training} ${counted(seeds, 'network')} an arm, one a seed.`, 'training'),
    selection: methods === undefined ? null : fact(`${methods.selection} The test part had no say in it.`, 'training'),
    ensembling: fact('None: every number is that of single networks, averaged over seeds.', 'arms'),
    output: fact(
      `A probability; the threshold of each network was chosen on the validation part by Youden's index.`,
      'training',
    ),
    prediction: fact(
      'models/*.onnx take gray pixels and give the probability; `chromaray predict` runs them.',
      'repeat',
    ),
  };
}

function evaluation({ verdict, audit, behaviour, explanation, methods, dataset, arms }: ReportInput) {
  const { endpoint } = verdict;
  const seeds = Math.max(0, ...arms.map(({ trials }) => trials.length));
  const shown = level(1 - endpoint.alpha);
  const control = verdict.arms.find((arm) => arm.control);
  const groups =
    behaviour === undefined
      ? []
      : [...new Set(behaviour.arms.flatMap(({ subgroups }) => subgroups.map(({ by, group }) => `${by} ${group}`)))];
  const known = behaviour !== undefined && behaviour.arms.length > 0;
  const external = methods?.external ?? [];
  return {
    metrics: fact(
      'AUROC is the endpoint; accuracy, sensitivity, specificity and F1 at a threshold chosen on validation; exploratory: Brier score, log loss, calibration error, net benefit.',
      'arms',
    ),
    statistics: fact(
      `Paired over patients and seeds; ${shown} intervals or higher; ${endpoint.correction === 'holm' ? "Holm's correction over arms" : 'no correction over arms'}; equivalence by two one-sided tests against the margin; bootstrap of ${count(endpoint.bootstrap)} resamples as a second look.`,
      'comparison',
    ),
    robustness: fact(
      `Every arm was trained with ${counted(seeds, 'seed')}; differences are shown seed by seed.`,
      'comparison',
    ),
    internal: fact(
      `The test part was predicted once, at the end: ${counted(verdict.counts.test.records, 'X-ray')}.`,
      'arms',
    ),
    external:
      external.length === 0
        ? null
        : fact(
            `${listed(external.map(({ name, looks }) => `${name} (${counted(looks, 'look')})`))}; see the folder external.`,
            'repeat',
          ),
    performance:
      control === undefined
        ? null
        : fact(
            `Control ${control.arm}: AUROC ${metric(control.auroc.mean)} (${interval(control.auroc.interval)}). All arms with intervals in the report.`,
            'arms',
          ),
    calibration: known
      ? fact('Slope, intercept, calibration error, reliability plots and temperature for every network.', 'honesty')
      : null,
    utility: known ? fact('Decision curves of every arm.', 'honesty') : null,
    subgroups: groups.length === 0 ? null : fact(`By ${listed(groups)}, with intervals.`, 'subgroups'),
    explanation:
      explanation === undefined || explanation.explanation.arms.length === 0
        ? null
        : fact(
            'Grad-CAM with the randomisation check, and the share of the evidence at the border and in the centre.',
            'looking',
          ),
    failures: known
      ? fact('The most confident mistakes with their pictures, and how far arms err on the same cases.', 'mistakes')
      : null,
    baselines: fact(
      `Arm against control ${arms.find((arm) => arm.control)?.name ?? ''}; a network that always says ${dataset.positive} would be right in ${percent(share(verdict.counts.test))} of the test part.`,
      'arms',
    ),
    shortcuts:
      (behaviour?.shortcuts ?? []).length > 0
        ? fact(
            'Linear classifiers that see only metadata, the border or a thumbnail were tested on the same X-rays as the networks.',
            'shortcuts',
          )
        : audit.checks.includes('label-shortcuts')
          ? fact(
              'The audit measured what AUROC a classifier reaches that sees only metadata, the border or a thumbnail.',
              'audit',
            )
          : null,
    limitations: fact('The limits that every study of this kind has are listed.', 'limits'),
  };
}

function share({ positives, records }: { readonly positives: number; readonly records: number }): number | null {
  return records === 0 ? null : positives / records;
}

function openness(input: ReportInput) {
  const { verdict } = input;
  return {
    protocol: fact(`The report contains the study file word for word. ${declarationText(input)}`, 'repeat'),
    code: fact(
      `Chromaray ${verdict.versions.chromaray ?? ''} is open source (Apache-2.0).`.replace('  ', ' '),
      'repeat',
    ),
    models: fact(
      'Every trained network is in the folder models beside the report, every prediction in predictions.csv.',
      'repeat',
    ),
    checklists: fact('CLAIM 2024, TRIPOD+AI and METRICS are filled in.', 'checklists'),
  };
}
