import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, writeFileAtomic } from '@chromaray/base';
import { type Layout, studyTemplate, type TemplateChoices } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { layoutOption } from './options.js';

interface Options {
  readonly data: string;
  readonly layout: Layout;
  readonly positive: string;
  readonly preset?: string;
  readonly force?: boolean;
}

/** `chromaray study init <study.yaml>` */
export function addStudyInit(parent: Command, context: Context): void {
  parent
    .command('init')
    .description('write a study file to start from, with every key explained')
    .argument('<study.yaml>', 'the file to write')
    .option('--data <dir>', 'the data set', '../chest_xray')
    .addOption(layoutOption().default('kaggle'))
    .option('--positive <class>', 'name of the positive class', 'PNEUMONIA')
    .option('--preset <name>', 'network preset')
    .option('--force', 'write over a file that is there')
    .addHelpText('after', '\nExample:\n  chromaray study init study.yaml --data ../chest_xray --positive PNEUMONIA')
    .action((file: string, options: Options) => {
      if (existsSync(file) && !options.force) throw alreadyThere(file);
      writeFileAtomic(file, studyTemplate(choices(file, options)));
      context.out.write(`${file} is written. Edit it, then: chromaray study run ${file}\n`);
    });
}

function choices(file: string, options: Options): TemplateChoices {
  const { layout, positive, preset } = options;
  return {
    name: path.basename(file).replace(/\.ya?ml$/, ''),
    dataset: { path: path.relative(path.dirname(path.resolve(file)), path.resolve(options.data)) || '.', layout, positive },
    ...(preset === undefined ? {} : { preset }),
  };
}

function alreadyThere(file: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_USAGE_FILE_EXISTS',
    message: `${file} is there already.`,
    remedy: 'Choose another name, or pass --force to write over it.',
    details: { file },
  });
}
