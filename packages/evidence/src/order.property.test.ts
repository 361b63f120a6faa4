import { Random } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as evidence from './index.js';

/** Records of a study: patients with one to three, two arms of two seeds, probabilities with many ties, subgroups. */
interface Records {
  readonly cases: readonly string[];
  readonly labels: readonly number[];
  readonly patients: readonly string[];
  readonly arm: readonly (readonly number[])[];
  readonly control: readonly (readonly number[])[];
  readonly groups: readonly string[];
}

const studies = fc
  .record({ seed: fc.nat(), patients: fc.integer({ min: 10, max: 30 }), levels: fc.integer({ min: 2, max: 40 }) })
  .map(({ seed, patients, levels }): Records => {
    const random = new Random(seed);
    const rows = Array.from({ length: patients }, (_, patient) =>
      Array.from({ length: 1 + random.int(3) }, () => ({ patient: `p${patient}`, label: patient % 2 })),
    ).flat();
    const scoring = () =>
      rows.map(({ label }) => Math.round(levels / (1 + Math.exp(-random.normal() - label))) / levels);
    return {
      cases: rows.map((_, i) => `c${i}`),
      labels: rows.map(({ label }) => label),
      patients: rows.map(({ patient }) => patient),
      arm: [scoring(), scoring()],
      control: [scoring(), scoring()],
      groups: rows.map(() => (random.float() < 0.5 ? 'a' : 'b')),
    };
  });

function moved(records: Records, order: ArrayLike<number>): Records {
  const move = <T>(values: readonly T[]): T[] => Array.from(order, (from) => values[from]!);
  return {
    cases: move(records.cases),
    labels: move(records.labels),
    patients: move(records.patients),
    arm: records.arm.map(move),
    control: records.control.map(move),
    groups: move(records.groups),
  };
}

const called = (scores: readonly number[]) => scores.map((score) => Number(score >= 0.5));
const right = ({ labels }: Records, scores: readonly number[]) =>
  called(scores).map((call, i) => Number(call === labels[i]));
const resampling = () => ({ random: new Random(5), resamples: 100 });

const endpoints: readonly evidence.EndpointMeasure[] = [
  { metric: 'auprc' },
  { metric: 'partial-auroc', range: [0, 0.3] },
  { metric: 'sensitivity', at: 0.8 },
  { metric: 'specificity', at: 0.8 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
];
/** Thresholds are chosen on the same records, which the order must not matter for either. */
const withValidation = (records: Records) => ({ ...records, validation: records });

/** The same as a reader study: two readers, two arms. */
function readings({ cases, labels, arm, control }: Records) {
  return cases.flatMap((name, k) =>
    [0, 1].flatMap((j) =>
      Object.entries({ arm, control }).map(([treatment, scores]) => {
        const rating = scores[j]![k]!;
        const place = { session: String(j), position: Number(name.slice(1)) };
        const truth = labels[k]! as 0 | 1;
        return { reader: `r${j}`, treatment, case: name, truth, rating, seconds: 1 + rating, value: rating, ...place };
      }),
    ),
  );
}
const readersRandom = { readers: 'random', cases: 'random' } as const;
const auc = { of: 'auc' } as const;
const tableOf = (records: Records) => evidence.readerTable(readings(records));

const classes = 3;
/** The same as a study of three classes: the second and third are patients with odd numbers by turns. */
function classStudy({ patients, arm, control }: Records) {
  const labels = patients.map((patient) => [0, 1, 0, 2][Number(patient.slice(1)) % 4]!);
  const columns = (scores: readonly number[]) => [
    scores.map((score) => 1 - score),
    scores.map((score) => score ** 2),
    scores.map((score, i) => score * (labels[i] === 2 ? 0.6 : 0.5)),
  ];
  return { classes, labels, patients, arm: arm.map(columns), control: control.map(columns) };
}
const calledClasses = (columns: readonly (readonly number[])[]) =>
  columns[0]!.map((_, i) => columns.reduce((best, column, k) => (column[i]! > columns[best]![i]! ? k : best), 0));
const classMeasures: readonly evidence.ClassMeasure[] = [{ metric: 'macro-auroc' }, { metric: 'hand-till' }];

/** Every exported statistic that takes records. A new one belongs here: the test below says so. */
const statistics: Readonly<Record<string, (records: Records) => unknown>> = {
  analyseArms: (records) =>
    (['jackknife', 'delong', 'unbiased'] as const).map((covariance) =>
      evidence.analyseArms(evidence.analysedTable(readings(records), readersRandom), 'control', {
        merit: auc,
        covariance,
        generality: readersRandom,
      }),
    ),
  analysedTable: (records) => evidence.analysedTable(readings(records), readersRandom).design,
  auroc: ({ labels, arm }) => evidence.auroc(labels, arm[0]!),
  aurocOverSeeds: ({ labels, patients, arm }) => evidence.aurocOverSeeds({ labels, patients, scores: arm }),
  aurocWithInterval: ({ labels, patients, arm }) => evidence.aurocWithInterval(labels, arm[0]!, { patients }),
  auprc: ({ labels, arm }) => evidence.auprc(labels, arm[0]!),
  bootstrapAuroc: ({ labels, patients, arm }) => [
    evidence.bootstrapAuroc({ labels, patients, scores: arm }, resampling()),
    evidence.bootstrapAuroc({ labels, scores: arm }, resampling()),
  ],
  bootstrapAurocDifference: (records) => [
    evidence.bootstrapAurocDifference(records, resampling()),
    evidence.bootstrapAurocDifference({ ...records, patients: records.labels.map((_, i) => i) }, resampling()).estimate,
  ],
  bootstrapStatistic: ({ labels, patients, arm }) =>
    evidence.bootstrapStatistic(labels, (rows) => rows.reduce((sum, row) => sum + arm[0]![row]!, 0) / rows.length, {
      ...resampling(),
      patients,
    }),
  bootstrapEndpointDifference: (records) =>
    endpoints.map((measure) => evidence.bootstrapEndpointDifference(withValidation(records), measure, resampling())),
  brierScore: ({ labels, arm }) => evidence.brierScore(labels, arm[0]!),
  caseDesign: (records) => evidence.caseDesign(tableOf(records)),
  classColumns: (records) => {
    const columns = classStudy(records).arm[0]!;
    const rows = columns[0]!.flatMap((_, i) => columns.map((column) => column[i]!));
    return evidence.classColumns(rows, classes).map((column) => evidence.auroc(records.labels, column));
  },
  classKappa: (records) => {
    const { labels, patients, arm } = classStudy(records);
    return evidence.classKappa(labels, calledClasses(arm[0]!), classes, { patients });
  },
  classesOverSeeds: (records) => {
    const { arm, ...study } = classStudy(records);
    return classMeasures.map((measure) => evidence.classesOverSeeds({ ...study, scores: arm }, measure));
  },
  cohenKappa: ({ patients, arm, control }) => [
    evidence.cohenKappa(called(arm[0]!), called(control[0]!), { patients }),
    evidence.cohenKappa(called(arm[0]!), called(control[0]!)),
  ],
  compareAuroc: (records) => evidence.compareAuroc(records),
  compareAurocWithFixed: ({ labels, patients, arm, control }) =>
    evidence.compareAurocWithFixed({ labels, patients, scores: arm }, control[0]!),
  compareClasses: (records) => classMeasures.map((measure) => evidence.compareClasses(classStudy(records), measure)),
  compareEndpoint: (records) => endpoints.map((measure) => evidence.compareEndpoint(withValidation(records), measure)),
  compareGroups: (records) => {
    const { labels, patients, arm, control } = records;
    const part = { labels, patients, scores: [...arm, ...control] };
    return endpoints.map((measure) =>
      evidence.compareGroups(evidence.measureNetworks(measure, [{ test: part, validation: part }]), [[0, 1]], [[2, 3]]),
    );
  },
  compareProportion: (records) =>
    evidence.compareProportion({
      arm: records.arm.map((scores) => right(records, scores)),
      control: records.control.map((scores) => right(records, scores)),
      patients: records.patients,
    }),
  compareTimes: (records) => evidence.compareTimes(readings(records), 'arm', 'control'),
  confusionMatrix: ({ labels, arm }) => evidence.confusionMatrix(labels, arm[0]!, 0.5),
  costThreshold: ({ labels, arm }) => evidence.costThreshold(labels, arm[0]!, { falseNegative: 5, falsePositive: 1 }),
  dbmTest: (records) => evidence.dbmTest(tableOf(records), auc),
  decisionCurve: ({ labels, arm }) => evidence.decisionCurve(labels, arm[0]!, [0.2, 0.5, 0.8]),
  driftOverPosition: (records) => evidence.driftOverPosition(readings(records)),
  endpointOverSeeds: (records) => {
    const { labels, patients, arm } = records;
    const part = { labels, patients, scores: arm };
    return endpoints.map((measure) => evidence.endpointOverSeeds({ ...part, validation: part }, measure));
  },
  expectedCalibrationError: ({ labels, arm }) => evidence.expectedCalibrationError(labels, arm[0]!, 5),
  f1OverSeeds: ({ labels, patients, arm }) => evidence.f1OverSeeds(labels, arm.map(called), { patients }),
  fitTemperature: ({ labels, arm }) => evidence.fitTemperature(labels, arm[0]!),
  intraclassCorrelation: ({ arm: [first, second] }) =>
    evidence.intraclassCorrelation(first!.map((rating, k) => [rating, second![k]!])),
  kappaOverSeeds: (records) => {
    const { labels, patients, arm } = classStudy(records);
    return evidence.kappaOverSeeds(labels, arm.map(calledClasses), classes, { patients });
  },
  learningOfClasses: (records) => {
    const { arm, ...study } = classStudy(records);
    return classMeasures.map((measure) => evidence.learningOfClasses({ ...study, scores: arm }, measure));
  },
  macroAuroc: (records) => {
    const { labels, arm } = classStudy(records);
    return evidence.macroAuroc(labels, arm[0]!);
  },
  observedClassDesign: (records) =>
    classMeasures.map((measure) => evidence.observedClassDesign(classStudy(records), measure)),
  learning: ({ labels, patients, arm }) => evidence.learning({ labels, patients, scores: arm }),
  logLoss: ({ labels, arm }) => evidence.logLoss(labels, arm[0]!),
  logisticCalibration: ({ labels, patients, arm }) => [
    evidence.logisticCalibration(labels, arm[0]!, { patients }),
    evidence.logisticCalibration(labels, arm[0]!),
  ],
  mcNemar: (records) =>
    evidence.mcNemar(right(records, records.arm[0]!), right(records, records.control[0]!), records.patients),
  meanOverReaders: ({ arm }) => evidence.meanOverReaders(arm[0]!),
  measureClassNetworks: (records) => {
    const { arm, control, ...study } = classStudy(records);
    const scores = [...arm, ...control];
    return classMeasures.map((measure) => {
      const networks = evidence.measureClassNetworks({ ...study, scores }, measure);
      return evidence.compareGroups(networks, [[0, 1]], [[2, 3]]);
    });
  },
  measureNetworks: ({ labels, patients, arm, control }) => {
    const part = { labels, patients, scores: [...arm, ...control] };
    return endpoints.map((measure) => evidence.measureNetworks(measure, [{ test: part, validation: part }]).values);
  },
  medianSeconds: ({ arm }) => evidence.medianSeconds(arm[0]!),
  mrmcComponents: (records) => evidence.mrmcComponents(tableOf(records), auc, 'jackknife'),
  observedDesign: (records) => evidence.observedDesign(records),
  operatingThreshold: ({ labels, arm }) => evidence.operatingThreshold(labels, arm[0]!),
  pairedDeLong: ({ labels, patients, arm, control }) =>
    evidence.pairedDeLong(labels, arm[0]!, control[0]!, { patients }),
  precisionRecallCurve: ({ labels, arm }) => evidence.precisionRecallCurve(labels, arm[0]!),
  proportionOverSeeds: (records) =>
    evidence.proportionOverSeeds({
      outcomes: records.arm.map((scores) => right(records, scores)),
      patients: records.patients,
    }),
  rankCorrelation: ({ arm, control }) => evidence.rankCorrelation(arm[0]!, control[0]!),
  readerTable: (records) => {
    const { treatments, readers, truth, cells } = tableOf(records);
    return [treatments, readers, Array.from(truth), cells.flat().map((cell) => Array.from(cell!.ratings))];
  },
  reliabilityBins: ({ labels, arm }) => evidence.reliabilityBins(labels, arm[0]!, 6),
  rocCurve: ({ labels, arm }) => evidence.rocCurve(labels, arm[0]!),
  sensitivityThreshold: ({ labels, arm }) => evidence.sensitivityThreshold(labels, arm[0]!, 0.9),
  specificityThreshold: ({ labels, arm }) => evidence.specificityThreshold(labels, arm[0]!, 0.9),
  subgroups: ({ labels, patients, arm, groups }) =>
    evidence.subgroups(labels, arm[0]!, groups, { threshold: 0.5, patients }),
  summarise: ({ arm }) => evidence.summarise(arm[0]!),
  uStatistics: (records) => evidence.uStatistics(tableOf(records)),
  youdenThreshold: ({ labels, arm }) => evidence.youdenThreshold(labels, arm[0]!),
};

/** Exported functions that take no records: distributions, numbers made of numbers, simulations, words, and what is worked out from a reader study's components. */
const withoutRecords = new Set([
  'ChromarayError',
  'adjustedP',
  'applyTemperature',
  'armMean',
  'aurocScoreInterval',
  'binomialCdf',
  'binomialMass',
  'chiSquareUpperTail',
  'comparisonInterval',
  'comparisonPrecision',
  'correctComparisons',
  'detectable',
  'endpointShortage',
  'errorTerm',
  'expectedAurocVariance',
  'expectedPrecision',
  'explainLearning',
  'explainVerdict',
  'fQuantile',
  'factorialContrasts',
  'fUpperTail',
  'incompleteBeta',
  'isChromarayError',
  'logGamma',
  'lowerIsBetter',
  'mcNemarP',
  'measureErrorRates',
  'mrmcTest',
  'needsThreshold',
  'noncentralTTails',
  'normalCdf',
  'normalDensity',
  'normalQuantile',
  'normalTwoSidedP',
  'plannedDetectableDifference',
  'plannedPrecision',
  'planningComponents',
  'power',
  'proportion',
  'quantile',
  'readerPower',
  'readersAboveChance',
  'repeatedSplits',
  'requireDistinctRecords',
  'requireScale',
  'requiredCases',
  'requiredRecords',
  'ruleVerdict',
  'simulateArms',
  'simulateStudy',
  'smallestDetectableDifference',
  'studentCdf',
  'studentQuantile',
  'studentTwoSidedP',
  'thresholdRates',
  'trueDifference',
  'twoOneSidedTests',
  'twoOneSidedTestsFromBootstrap',
  'wilsonInterval',
  'withinMargin',
]);

describe('the order of records', () => {
  it('is tested for every exported statistic that takes records', () => {
    const functions = Object.entries(evidence).filter(([, value]) => typeof value === 'function');
    const names = functions.map(([name]) => name).filter((name) => !withoutRecords.has(name));
    expect(names.sort()).toEqual(Object.keys(statistics).sort());
  });

  it.each(Object.keys(statistics))('does not matter for %s', (name) => {
    fc.assert(
      fc.property(studies, fc.nat(), (records, seed) => {
        const order = new Random(seed).permutation(records.labels.length);
        const sorted = Array.from(records.labels.keys()).sort((a, b) => records.labels[a]! - records.labels[b]!);
        const found = statistics[name]!(records);
        for (const other of [order, sorted]) expectAlike(statistics[name]!(moved(records, other)), found, name);
      }),
      { numRuns: 15 },
    );
  });
});

/** Equal but for rounding: sums are taken in another order. */
function expectAlike(found: unknown, expected: unknown, where: string): void {
  if (typeof expected === 'number' && typeof found === 'number') {
    if (Object.is(found, expected)) return;
    const allowed = 1e-7 * Math.max(1, Math.abs(expected));
    if (!(Math.abs(found - expected) <= allowed)) expect.fail(`${where}: ${found} and ${expected}`);
    return;
  }
  if (typeof expected !== 'object' || expected === null || typeof found !== 'object' || found === null) {
    expect(found, where).toEqual(expected);
    return;
  }
  const [a, b] = [Object.entries(found), Object.entries(expected)];
  expect(a.map(([key]) => key)).toEqual(b.map(([key]) => key));
  for (const [i, [key, value]] of b.entries()) expectAlike(a[i]![1], value, `${where}.${key}`);
}
