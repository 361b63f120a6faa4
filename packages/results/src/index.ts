export { againstShortcuts } from './behaviour/against-shortcuts.js';
export { mean } from './behaviour/material.js';
export { studyBehaviour } from './behaviour/study-behaviour.js';
export type { StudySplits } from './comparison/across-splits.js';
export { armResults, decidedRight, testConfusion } from './comparison/arm-results.js';
export { compareArms, observedDesigns } from './comparison/compare-arms.js';
export { endpointShortageText } from './comparison/endpoint-shortage.js';
export { foldsOf, pooledFolds } from './comparison/fold-scores.js';
export {
  classProbabilities,
  inOrder,
  partScores,
  type StudyScores,
  studyScores,
  type TrialScores,
} from './comparison/study-scores.js';
export { type ConclusionInput, conclude } from './conclusion/conclude.js';
export { analyseReaders } from './readers/analyse-readers.js';
export { writeImrmc } from './readers/formats/imrmc.js';
export { writeLongCsv } from './readers/formats/long-csv.js';
export { readReadings } from './readers/formats/read-readings.js';
export { readRjafroc, rjafrocFiles, writeRjafroc } from './readers/formats/rjafroc.js';
export { meritName } from './readers/merit-name.js';
export { planReaders } from './readers/plan-readers.js';
export type { StudyReading } from './readers/study-reading.js';
export { amendedAfterResults, changeText, whenText } from './registration/amended.js';
export { planChanges } from './registration/plan-changes.js';
