import { amendmentsAfterResults, type Registration } from '@chromaray/contracts';
import type { ReportRegistration } from '@chromaray/pages';
import { amendedAfterResults, changeText, whenText } from '@chromaray/results';

/** A registration as the report shows it. */
export function reportRegistration(registration: Registration): ReportRegistration {
  const { registered, origin, hash, finishedTrials, amendments } = registration;
  return {
    registered,
    origin,
    hash,
    declaredBeforeTraining:
      origin !== 'older version' && finishedTrials === 0 && amendedAfterResults(registration).length === 0,
    amendments: amendments.map((amendment) => ({
      at: amendment.at,
      reason: amendment.reason,
      what: amendment.changes.map(changeText).join('; '),
      known: whenText(amendment),
    })),
    earlierVerdicts: amendmentsAfterResults(registration).flatMap(({ known: { verdict } }) =>
      verdict === null ? [] : [{ statement: verdict.statement, file: verdict.file }],
    ),
  };
}
