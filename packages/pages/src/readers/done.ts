import { count, counted, moment } from '@chromaray/base';
import type { ReaderAnalysis, ReaderProtocol } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { type Section, terms } from '../report/sections/section.js';

/** What was planned and what happened; nothing is said where nothing is known. */
export function doneQuestion(analysis: ReaderAnalysis): Question {
  const { protocol } = analysis;
  return {
    id: 'done',
    title: 'Was it done as planned?',
    short: 'Plan and protocol',
    answer: [
      missingSentence(analysis),
      ...(protocol === undefined ? [unknownProtocol] : protocolSentences(protocol)),
    ].join(' '),
    sections: [whatWasRead(analysis), ...(protocol === undefined ? [] : [protocolSection(protocol)])],
  };
}

const unknownProtocol =
  'These readings came without a record of the study: whether the analysis was declared before reading, and whether a washout was kept, is not known.';

function missingSentence({ design, endpoint }: ReaderAnalysis): string {
  if (design.missing === 0) return 'No reading is missing.';
  return `${count(design.missing)} of ${count(design.expected)} readings are missing, of ${counted(design.incompleteCases, 'case')}; ${
    endpoint.missing === 'complete' ? 'these cases were left out' : 'all readings that exist were used'
  }.`;
}

function protocolSentences(protocol: ReaderProtocol): readonly string[] {
  const { amendedAfterReadings: amended, washout, deviations } = protocol;
  return [
    declaredSentence(protocol),
    ...(amended.length > 0 ? [`After the first reading the plan was changed: ${amended.join('; ')}.`] : []),
    ...washoutSentence(washout),
    ...(deviations.length > 0
      ? [
          `${counted(deviations.length, 'deviation')} from the protocol ${deviations.length === 1 ? 'is' : 'are'} recorded.`,
        ]
      : []),
  ];
}

/** "Declared before" only where both times are known and the order is that. */
function declaredSentence({ registered, firstReading }: ReaderProtocol): string {
  if (registered === null) return 'The study was not registered before reading.';
  if (firstReading === null)
    return `The study was registered at ${moment(registered)}; when reading began is not known.`;
  return Date.parse(registered) <= Date.parse(firstReading)
    ? `Protocol and analysis were registered at ${moment(registered)}, before the first reading at ${moment(firstReading)}.`
    : `The study was registered at ${moment(registered)}, after the first reading at ${moment(firstReading)}: nothing of it was declared before reading.`;
}

function washoutSentence(washout: ReaderProtocol['washout']): readonly string[] {
  if (washout === null) return [];
  const { plannedDays, shortestDays, broken } = washout;
  if (broken.length > 0) {
    const readers = new Set(broken.map(({ reader }) => reader)).size;
    return [
      `The washout of ${counted(plannedDays, 'day')} was not kept by ${counted(readers, 'reader')}; the shortest was ${counted(Math.min(...broken.map(({ days }) => days)), 'day')}.`,
    ];
  }
  return shortestDays === null
    ? [`A washout of ${counted(plannedDays, 'day')} was planned; no reader has read in two sessions yet.`]
    : [
        `The washout of ${counted(plannedDays, 'day')} was kept by every reader; the shortest was ${counted(shortestDays, 'day')}.`,
      ];
}

const designWords = {
  crossed: 'every reader read every case in every arm',
  'cases nested in readers': 'each reader had cases of their own, in every arm',
  'cases nested in arms': 'some arms show other cases than others',
  blocks: 'groups of readers had cases of their own, in every arm (paired split-plot)',
} as const;

function whatWasRead({ design }: ReaderAnalysis): Section {
  return {
    id: 'read',
    title: 'What was read',
    short: 'What was read',
    body: terms([
      [
        'Design',
        `${design.kind}: ${designWords[design.kind]}${design.missing === 0 ? '' : ', but for missing readings'}.`,
      ],
      ['Cases', `${count(design.cases)}: ${count(design.positives)} positive, ${count(design.negatives)} negative.`],
      ['Readers', `${count(design.readers.length)}: ${design.readers.join(', ')}.`],
      ['Readings', `${count(design.readings)} counted; ${count(design.missing)} missing of ${count(design.expected)}.`],
      ...design.withoutAnArm.map(
        ({ reader, arms }) => ['Left out', `${reader}, who read nothing in ${arms.join(', ')}.`] as const,
      ),
    ]),
  };
}

function protocolSection({ planHash, trainingCases, sessions, lastReading, deviations }: ReaderProtocol): Section {
  const facts = [
    ...(planHash === null ? [] : [['Plan', html`SHA-256 <code>${planHash}</code>`] as const]),
    ...(sessions === null ? [] : [['Sessions', counted(sessions, 'session')] as const]),
    ...(trainingCases === null
      ? []
      : [['Training', `${counted(trainingCases, 'case')} a reader, never counted.`] as const]),
    ...(lastReading === null ? [] : [['Last reading', moment(lastReading)] as const]),
  ];
  return {
    id: 'protocol',
    title: 'Protocol, and departures from it',
    short: 'Protocol',
    body: html`${facts.length === 0 ? null : terms(facts)}${
      deviations.length === 0
        ? html`<p>No departure from the protocol is recorded.</p>`
        : html`<ul>${deviations.map(
            ({ at, reader, what }) =>
              html`<li>${at === null ? null : `${moment(at)}, `}${reader === null ? null : `${reader}: `}${what}</li>\n`,
          )}</ul>`
    }`,
  };
}
