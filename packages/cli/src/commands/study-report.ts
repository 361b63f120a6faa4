import { type Paper, papers } from '@chromaray/pages/names';
import { type Command, Option } from 'commander';
import type { StudyReportOptions } from '../actions/study-report.js';
import type { Context } from '../context.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

/** `chromaray study report <study>` */
export function addStudyReport(parent: Command, context: Context): void {
  parent
    .command('report')
    .description(
      'work out verdict and report again from what is stored; a study that is not finished gives a partial one',
    )
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option('--masks <dir>', 'lung masks named as the records: how much of the networks’ evidence lies inside')
    .option('--out <dir>', 'folder to write into (default: the study’s)')
    .option(...studiesOption)
    .option('--no-pictures', 'without X-rays, to share the report where the data may not be')
    .addOption(
      new Option(
        '--pdf [paper]',
        'also print it to report.pdf, and two pages of it to summary.pdf, by a browser that is installed',
      )
        .choices(papers)
        .preset('a4' satisfies Paper),
    )
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study report studies/does-colour-help')
    .action(async (study: string, options: StudyReportOptions) => {
      const { studyReportAction } = await import('../actions/study-report.js');
      await studyReportAction(study, options, context);
    });
}
