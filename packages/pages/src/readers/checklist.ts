import { counted, level } from '@chromaray/base';
import type { ReaderAnalysis } from '@chromaray/contracts';
import { holdsFor, measureName, namesOf, otherArms } from './words.js';

/** One item of STARD 2015, in this project's words, with what the study says to it. */
export interface StardItem {
  readonly item: string;
  readonly asks: string;
  /** From the study; null where it knows nothing. */
  readonly answer: string | null;
  /** What only the author can say; null where nothing is left. */
  readonly author: string | null;
}

/** STARD 2015 (Bossuyt et al., BMJ 2015;351:h5527), which STARD-AI extends: as far as a reader study answers it. */
export function stardItems(analysis: ReaderAnalysis): readonly StardItem[] {
  const { endpoint, design, protocol, arms, comparisons } = analysis;
  const item = (number: string, asks: string, answer: string | null, author: string | null = null): StardItem => ({
    item: number,
    asks,
    answer,
    author: answer === null && author === null ? 'The study does not know this.' : author,
  });
  const registered = protocol?.registered ?? null;
  const before =
    registered !== null &&
    protocol?.firstReading != null &&
    Date.parse(registered) <= Date.parse(protocol.firstReading);
  return [
    item('1', 'The title or abstract names it a study of diagnostic accuracy', null, 'Say so in your title.'),
    item(
      '4',
      'Aims and hypotheses',
      `Whether readers differ in ${measureName(endpoint)} between ${namesOf(otherArms(analysis))} and ${endpoint.control}; differences under ${endpoint.margin} do not matter.`,
    ),
    item(
      '5',
      'Whether data collection was planned before the tests were done',
      before ? 'Protocol and analysis were registered before the first reading.' : null,
      before ? null : 'Say when the analysis was decided.',
    ),
    item(
      '6\u20139',
      'Who was eligible, where, when and how they were found',
      null,
      'Criteria, setting and dates of the cases.',
    ),
    item(
      '10a',
      'The index test, in detail',
      `Cases shown as ${namesOf(arms.map(({ arm }) => arm))}.`,
      'Displays, room, instructions and training of readers.',
    ),
    item('10b', 'The reference standard, in detail', null, 'How the truth of every case was found.'),
    item('11', 'Why this reference standard', null, 'Why it was chosen.'),
    item(
      '12a',
      'Cut-offs of the index test, and which were declared before',
      endpoint.cut === null ? null : `A rating of ${endpoint.cut} or more counts as positive.`,
      endpoint.cut === null
        ? 'Say whether calls were asked for.'
        : before
          ? null
          : 'Say whether it was declared before reading.',
    ),
    item('13a', 'What readers knew of clinical data and the reference standard', null, 'What readers were told.'),
    item(
      '14',
      'How accuracy was estimated and compared',
      `Obuchowski and Rockette's analysis with ${endpoint.covariance} covariances, for ${holdsFor(endpoint)}.`,
    ),
    item('15', 'What became of indeterminate answers', null, 'How readers could answer when unsure.'),
    item(
      '16',
      'What became of missing data',
      design.missing === 0
        ? 'No reading is missing.'
        : `${counted(design.missing, 'reading')} missing of ${design.expected}; ${endpoint.missing === 'complete' ? 'cases that lack one were left out' : 'all that exist were used'}.`,
    ),
    item(
      '17',
      'How variation was analysed',
      'Components of variance of readers, arms and cases; agreement between readers.',
    ),
    item('18', 'Intended sample size and how it was found', null, 'The plan: readers, cases, power.'),
    item(
      '19',
      'Flow of participants',
      `${counted(design.readers.length, 'reader')}, ${counted(design.cases, 'case')}, ${counted(design.readings, 'reading')}.`,
      'Cases that were considered and left out.',
    ),
    item(
      '20\u201321',
      'Who the patients were, how severe the disease, what else they had',
      null,
      'A table of the patients.',
    ),
    item(
      '24',
      'Accuracy with its precision',
      `Every arm, and every difference from ${endpoint.control}, with ${level(1 - endpoint.alpha, ...comparisons.map(({ intervalLevel }) => intervalLevel))} intervals.`,
    ),
    item(
      '26',
      'Limitations',
      `The result is meant for ${holdsFor(endpoint)}.`,
      'Sources of bias, and to whom it applies.',
    ),
    item(
      '28',
      'Registration',
      registered === null
        ? null
        : `Registered at ${registered}${protocol?.planHash == null ? '' : `, SHA-256 ${protocol.planHash}`}.`,
      registered === null ? 'Registration number and registry.' : null,
    ),
    item('29\u201330', 'Where the protocol is; who paid', null, 'Protocol, funding, role of funders.'),
  ];
}
