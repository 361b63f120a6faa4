import { type Paper, papers, rebuildReport } from '@chromaray/study';
import { type Command, Option } from 'commander';
import { type Context, lineWidth } from '../context.js';
import { writeJson } from '../report-error.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';
import { jsonOption } from './command.js';
import { studiesOption } from './options.js';

interface Options {
  readonly masks?: string;
  readonly studies: string;
  readonly pdf?: Paper;
  readonly json?: boolean;
}

/** `chromaray study report <study>` */
export function addStudyReport(parent: Command, context: Context): void {
  parent
    .command('report')
    .description(
      'work out verdict and report again from what is stored; a study that is not finished gives a partial one',
    )
    .argument('<study>', 'a study file, the name of a study, or its folder')
    .option('--masks <dir>', 'lung masks named as the records: how much of the networks’ evidence lies inside')
    .option(...studiesOption)
    .addOption(
      new Option('--pdf [paper]', 'also print it to report.pdf, by a browser that is installed')
        .choices(papers)
        .preset('a4' satisfies Paper),
    )
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study report studies/does-colour-help')
    .action(async (study: string, options: Options) => {
      const { verdict, folder } = await rebuildReport(study, options.studies, {
        pdf: options.pdf,
        ...(options.masks === undefined ? {} : { masks: options.masks }),
        onEvent: showStudyEvents(context.progress),
        signal: context.signal,
      });
      context.progress.end();
      if (options.json)
        writeJson(context.out, {
          ...verdict,
          folder: folder.root,
          ...(options.pdf === undefined ? {} : { pdf: folder.pdf }),
        });
      else {
        context.out.write(`${formatVerdict(verdict, folder, lineWidth(context))}
`);
        if (options.pdf !== undefined)
          context.out.write(`${folder.pdf}
`);
      }
    });
}
