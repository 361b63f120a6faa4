import type { ReaderAnalysis, ReaderEndpoint, ReaderTest } from '@chromaray/contracts';
import { type AnalysedTable, analyseArms, analysedTable, type MrmcTest, requireScale } from '@chromaray/evidence';
import { readersAboveChanceOf } from './above-chance.js';
import { agreementOf } from './agreement.js';
import { armResults } from './arm-results.js';
import { readerComparisons } from './comparisons.js';
import { componentFacts, designFacts, finiteOrNull } from './design-facts.js';
import { driftOf } from './drift.js';
import type { ReaderQuestion, ReaderSurroundings } from './reader-question.js';
import { readersStatement, readersVerdict } from './statement.js';
import type { StudyReading } from './study-reading.js';
import { timesOf } from './times.js';

/**
 * Draws the conclusion of a reader study from its readings, by the rule that networks are judged by. The order of readings
 * changes nothing.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_*` for readings that no analysis can be made of; `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function analyseReaders(
  readings: readonly StudyReading[],
  question: ReaderQuestion,
  { protocol, networks, versions }: ReaderSurroundings,
): ReaderAnalysis {
  const { method, alpha, control, missing, scale, study, finding } = question;
  if (scale !== null) requireScale(readings, scale);
  const analysed = analysedTable(readings, method.generality, missing);
  const level = 1 - alpha;
  const analysis = analyseArms(analysed, control, method, level);
  const aboveChance = readersAboveChanceOf(analysed, analysis, question);
  const comparisons = readerComparisons(analysis, analysed.table.readers, aboveChance, question);
  const counted = countedReadings(readings, analysed);
  const times = timesOf(counted, control, level);
  const drift = driftOf(counted, question.cut, level);
  const amended = protocol?.amendedAfterReadings ?? [];
  const statement = readersStatement(comparisons, question);
  return {
    study,
    finding,
    verdict: amended.length > 0 ? 'invalid' : readersVerdict(comparisons),
    statement: amended.length > 0 ? `No valid verdict: ${amended.join('; ')}. Exploratory: ${statement}` : statement,
    endpoint: endpointOf(question),
    design: designFacts(analysed),
    components: componentFacts(analysis.components),
    overall: testOf(analysis.overall),
    arms: armResults(analysed, analysis, control),
    comparisons,
    smallestDetectable: Math.min(...comparisons.map(({ smallestDetectable }) => smallestDetectable)),
    ...(times === null ? {} : { times }),
    agreement: agreementOf(counted, analysed.table, question.cut, level),
    ...(drift === null ? {} : { drift }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(networks === undefined ? {} : { networks }),
    versions,
  };
}

/** Readings of the readers and cases that the table has, in the order of their names. */
function countedReadings(readings: readonly StudyReading[], { table }: AnalysedTable): readonly StudyReading[] {
  const [readers, cases] = [new Set(table.readers), new Set(table.cases)];
  const key = ({ reader, treatment, case: name }: StudyReading): string => JSON.stringify([reader, treatment, name]);
  return readings
    .filter((reading) => readers.has(reading.reader) && cases.has(reading.case))
    .map((reading) => ({ reading, key: key(reading) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ reading }) => reading);
}

function endpointOf({ method, margin, alpha, correction, control, missing }: ReaderQuestion): ReaderEndpoint {
  const { merit, covariance, generality } = method;
  return {
    merit: merit.of,
    cut: 'cut' in merit ? merit.cut : null,
    range: 'from' in merit ? [merit.from, merit.to] : null,
    control,
    margin,
    alpha,
    correction,
    covariance,
    ...generality,
    missing,
  };
}

function testOf(test: MrmcTest | null): ReaderTest | null {
  if (test === null) return null;
  const { f, numeratorDegrees, degreesOfFreedom, p } = test;
  return { f, numeratorDegrees, denominatorDegrees: finiteOrNull(degreesOfFreedom), p };
}
