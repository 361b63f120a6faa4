export { againstShortcuts } from './behaviour/against-shortcuts.js';
export { mean } from './behaviour/material.js';
export { studyBehaviour } from './behaviour/study-behaviour.js';
export { armResults, decidedRight, testConfusion } from './comparison/arm-results.js';
export { compareArms, observedDesigns } from './comparison/compare-arms.js';
export { type ConclusionInput, conclude } from './comparison/conclude.js';
export { inOrder, partScores, type StudyScores, studyScores, type TrialScores } from './comparison/study-scores.js';
export { amendedAfterResults, changeText, whenText } from './registration/amended.js';
export { planChanges } from './registration/plan-changes.js';
