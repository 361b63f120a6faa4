import type { ReaderAnalysis } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import { page } from '../kit/page.js';
import { pageScript } from '../kit/script/index.js';
import { contents, type Question, questionPart } from '../report/questions/question.js';
import { answerQuestion } from './answer.js';
import { armsQuestion } from './arms.js';
import { doneQuestion } from './done.js';
import { type ReaderFigures, readerFigures } from './figures.js';
import { networksQuestion } from './networks.js';
import { readersOpening } from './opening.js';
import { repeatQuestion } from './repeat.js';
import { timeQuestion } from './time.js';
import { varianceQuestion } from './variance.js';

/** In the order in which somebody asks them; what nothing is known of is left out. */
function questionsOf(analysis: ReaderAnalysis, figures: ReaderFigures): readonly Question[] {
  return [
    answerQuestion(analysis),
    armsQuestion(analysis, figures),
    networksQuestion(analysis),
    varianceQuestion(analysis),
    timeQuestion(analysis),
    doneQuestion(analysis),
    repeatQuestion(analysis),
  ].filter((question) => question !== null);
}

/**
 * The report of a reader study: one HTML document that loads nothing and works without script. It depends on the analysis
 * alone: the same analysis gives the same bytes.
 */
export function readersReport(analysis: ReaderAnalysis): string {
  const figures = readerFigures(analysis);
  const questions = questionsOf(analysis, figures);
  const body = html`${readersOpening(analysis, figures)}
<div class="page">
${contents(questions)}
<main>
${questions.map(questionPart)}</main>
</div>
<footer><p>Made by Chromaray ${analysis.versions.chromaray ?? null}. For research only.</p></footer>
`;
  return page({ title: `${analysis.study}: ${analysis.verdict}`, body, script: pageScript });
}
