export { ChromarayError, isChromarayError } from '@chromaray/base';
export { type Agreement, classKappa, cohenKappa } from './agreement/kappa.js';
export { type KappaOverSeeds, kappaOverSeeds } from './agreement/kappa-over-seeds.js';
export { rankCorrelation } from './agreement/spearman.js';
export { type BootstrapOptions, bootstrapAuroc, bootstrapAurocDifference } from './bootstrap/auroc.js';
export { type BootstrapResult, quantile } from './bootstrap/intervals.js';
export { bootstrapStatistic } from './bootstrap/statistic.js';
export { type Coefficient, type LogisticCalibration, logisticCalibration } from './calibration/logistic.js';
export { expectedCalibrationError, type ReliabilityBin, reliabilityBins } from './calibration/reliability.js';
export { brierScore, logLoss } from './calibration/scores.js';
export { applyTemperature, fitTemperature } from './calibration/temperature.js';
export {
  type ArmClassScores,
  type ClassesOverSeeds,
  type ClassRecords,
  classesOverSeeds,
  compareClasses,
  measureClassNetworks,
  type PairedClassScores,
} from './classes/classes-over-seeds.js';
export type { ClassMeasure } from './classes/contrasts.js';
export { learningOfClasses } from './classes/learned-classes.js';
export { classColumns, macroAuroc } from './classes/macro-auroc.js';
export { observedClassDesign } from './classes/observed-class-design.js';
export type { ClassLabels, ClassScores } from './classes/scored-classes.js';
export { decisionCurve, type NetBenefit } from './decision/net-benefit.js';
export { incompleteBeta } from './distributions/beta.js';
export { binomialCdf, binomialMass } from './distributions/binomial.js';
export { chiSquareUpperTail, fQuantile, fUpperTail } from './distributions/f.js';
export { logGamma } from './distributions/gamma.js';
export { noncentralTTails } from './distributions/noncentral-t.js';
export { normalCdf, normalDensity, normalQuantile, normalTwoSidedP } from './distributions/normal.js';
export { studentCdf, studentQuantile, studentTwoSidedP } from './distributions/student-t.js';
export { bootstrapEndpointDifference } from './endpoint/bootstrap-endpoint.js';
export {
  type ArmParts,
  compareEndpoint,
  type EndpointOverSeeds,
  endpointOverSeeds,
  type PairedParts,
} from './endpoint/compare-endpoint.js';
export { type Learning, learning, type NotLearned, type SeedLearning } from './endpoint/learning.js';
export {
  type EndpointMeasure,
  type EndpointMetric,
  lowerIsBetter,
  needsThreshold,
} from './endpoint/measure.js';
export { type ObservedDesign, observedDesign } from './endpoint/observed-design.js';
export { type ClassPatients, type EndpointShortage, endpointShortage } from './endpoint/shortage.js';
export type { MeasuredPart, Strata } from './endpoint/strata.js';
export {
  type Equivalence,
  twoOneSidedTests,
  twoOneSidedTestsFromBootstrap,
  withinMargin,
} from './equivalence/tost.js';
export { type Cells, compareGroups } from './factorial/compare-groups.js';
export { type FactorialContrast, factorialContrasts } from './factorial/contrasts.js';
export { type MeasuredNetworks, measureNetworks } from './factorial/networks.js';
export type { Patients } from './input/clusters.js';
export { requireDistinctRecords } from './input/records.js';
export type { Labels, Scores } from './input/scored.js';
export type { Interval } from './interval.js';
export { type AnalysedTable, analysedTable, type MissingRule } from './mrmc/analysed-table.js';
export { type Block, type CaseDesign, caseDesign } from './mrmc/case-design.js';
export { requireScale, type Scale } from './mrmc/check-readings.js';
export {
  analyseArms,
  type MrmcAnalysis,
  type MrmcMethod,
  type ReaderArm,
  type ReaderComparison,
} from './mrmc/compare-arms.js';
export { type MrmcComponents, mrmcComponents } from './mrmc/components.js';
export type { CovarianceMethod } from './mrmc/covariance.js';
export { dbmTest } from './mrmc/dbm.js';
export { type ErrorTerm, errorTerm, type Generality } from './mrmc/error-term.js';
export { type IntraclassCorrelation, intraclassCorrelation } from './mrmc/intraclass.js';
export { driftOverPosition, type PlacedReading } from './mrmc/learning-effect.js';
export type { Merit } from './mrmc/merit.js';
export { type ArmMean, armMean, type MrmcTest, mrmcTest } from './mrmc/obuchowski-rockette.js';
export { type PublishedComponents, publishedComponents } from './mrmc/published-components.js';
export { meanOverReaders, type ReaderMean } from './mrmc/reader-means.js';
export {
  plannedPrecision,
  planningComponents,
  type ReaderPlan,
  readerPower,
  requiredCases,
  type VarianceComponents,
} from './mrmc/reader-power.js';
export { readersAboveChance } from './mrmc/readers-above-chance.js';
export { compareTimes, medianSeconds, type TimeComparison, type TimedReading } from './mrmc/reading-time.js';
export { type Cell, type ReaderTable, type Reading, readerTable } from './mrmc/readings.js';
export { type UStatistics, uStatistics } from './mrmc/u-statistics.js';
export { adjustedP, type CorrectedComparison, type Correction, correctComparisons } from './multiple/correction.js';
export { type McNemar, mcNemar, mcNemarP } from './paired/mcnemar.js';
export { expectedAurocVariance, type VarianceModel } from './power/auroc-variance.js';
export { expectedPrecision, plannedDetectableDifference, requiredRecords, type StudyDesign } from './power/design.js';
export { power, smallestDetectableDifference, type TestPrecision } from './power/power.js';
export { auroc } from './roc/auroc.js';
export { type RocCurve, rocCurve } from './roc/curve.js';
export {
  type AurocDifference,
  type AurocEstimate,
  type AurocIntervalMethod,
  type AurocOptions,
  aurocWithInterval,
  pairedDeLong,
} from './roc/delong.js';
export { auprc, type PrecisionRecallCurve, precisionRecallCurve } from './roc/precision-recall.js';
export { aurocScoreInterval } from './roc/score-interval.js';
export { type ArmScores, type AurocOverSeeds, aurocOverSeeds } from './seeds/auroc.js';
export { compareAuroc, compareAurocWithFixed, type PairedScores } from './seeds/compare-auroc.js';
export {
  type ComparisonBasis,
  comparisonInterval,
  comparisonPrecision,
  type PairedComparison,
} from './seeds/difference.js';
export type { ArmEstimate, NearLimit, PatientCounts } from './seeds/near-limit.js';
export { type ArmOutcomes, compareProportion, proportionOverSeeds } from './seeds/proportion.js';
export { f1OverSeeds, type RatioOverSeeds } from './seeds/ratio.js';
export { type RepeatedSplits, repeatedSplits } from './seeds/repeated-splits.js';
export { type Summary, summarise } from './seeds/summary.js';
export type { SeedsAndPatients } from './seeds/variance.js';
export { type ErrorRates, type MeasuredRate, measureErrorRates, type StudyTest } from './simulate/error-rates.js';
export {
  type ReaderDesign,
  type SimulatedArms,
  type SimulatedStudy,
  simulateArms,
  simulateStudy,
  TYPICAL_SHARES,
  trueDifference,
  type VarianceShares,
} from './simulate/readers.js';
export { type Subgroup, subgroups } from './subgroup/subgroups.js';
export {
  type ChosenThreshold,
  costThreshold,
  operatingThreshold,
  sensitivityThreshold,
  specificityThreshold,
  youdenThreshold,
} from './threshold/choose.js';
export { type ConfusionMatrix, confusionMatrix } from './threshold/confusion.js';
export { type Measure, type ThresholdRates, thresholdRates } from './threshold/rates.js';
export { type Proportion, proportion, wilsonInterval } from './threshold/wilson.js';
export { type ArmNames, detectable, explainLearning, explainVerdict } from './verdict/explain.js';
export {
  DETECTABLE_POWER,
  type RuledVerdict,
  ruleVerdict,
  type VerdictInput,
  type VerdictReason,
  type VerdictWord,
} from './verdict/verdict.js';
