import { counted } from '@chromaray/base';
import { auditSection } from '../sections/audit.js';
import { lookingSection } from '../sections/looking.js';
import { shortcutSentence, shortcutsSection } from '../sections/shortcuts.js';
import { travelSection } from '../sections/travel.js';
import type { Ask } from './question.js';

/** What else than disease the numbers could come from: leakage, shortcuts, chance. */
export const artefact: Ask = (input) => {
  const { findings, checks } = input.audit;
  const blocks = findings.filter(({ severity }) => severity === 'blocks').length;
  const warns = findings.filter(({ severity }) => severity === 'warns').length;
  const made = `The audit made ${counted(checks.length, 'check')} before training`;
  return {
    id: 'artefact',
    title: 'Could it be an artefact?',
    short: 'An artefact?',
    answer: [
      blocks > 0
        ? `Yes. ${made}, and ${counted(blocks, 'finding')} would have stopped the study; it was run all the same.`
        : warns > 0
          ? `Leakage between the parts was looked for and not found. ${made}, and ${counted(warns, 'warning')} must be borne in mind.`
          : `Nothing points to it. ${made} and found neither leakage nor anything to warn of.`,
      input.dataset.patients === null ? 'Patients are unknown, so leakage through them cannot be ruled out.' : '',
      shortcutSentence(input),
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    sections: [...shortcutsSection(input), ...travelSection(input), ...lookingSection(input), auditSection(input)],
  };
};
