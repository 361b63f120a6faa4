import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, writeFileAtomic } from '@chromaray/base';
import { presetNames } from '@chromaray/engine';
import { type Layout, parseStudyFile, studyTemplate, type TemplateChoices } from '@chromaray/study';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { jsonOption } from './command.js';
import { layoutOption } from './options.js';

interface Options {
  readonly data: string;
  readonly layout: Layout;
  readonly positive: string;
  readonly split: 'patient' | 'provided' | 'sklearn';
  readonly preset: string;
  readonly weights?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `chromaray study init <study.yaml>` */
export function addStudyInit(parent: Command, context: Context): void {
  parent
    .command('init')
    .description('write a study file to start from, with comments')
    .argument('<study.yaml>', 'the file to write; the study gets its name')
    .option('--data <dir>', 'the data set', '../chest_xray')
    .addOption(layoutOption().default('kaggle'))
    .option('--positive <class>', 'name of the positive class', 'PNEUMONIA')
    .addOption(
      new Option('--split <method>', 'how X-rays are divided')
        .choices(['patient', 'provided', 'sklearn'])
        .default('patient'),
    )
    .addOption(new Option('--preset <name>', 'network').choices(presetNames).default('gray-final'))
    .option('--weights <file>', 'ONNX file of pretrained weights, for a preset that takes them')
    .option('--force', 'write over a file that is there')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  chromaray study init study.yaml --data ../chest_xray --positive PNEUMONIA')
    .action((file: string, options: Options) => {
      if (existsSync(file) && !options.force) throw alreadyThere(file);
      const text = studyTemplate(choices(file, options));
      const { name } = parseStudyFile(text, file);
      writeFileAtomic(file, text);
      if (options.json) writeJson(context.out, { study: name, file });
      else context.out.write(`${file} is written. Edit it, then: chromaray study run ${file}\n`);
    });
}

function choices(file: string, { data, layout, positive, split, preset, weights }: Options): TemplateChoices {
  const relative = (to: string): string => path.relative(path.dirname(path.resolve(file)), path.resolve(to)) || '.';
  return {
    name: studyName(file),
    dataset: { path: relative(data), layout, positive },
    split,
    preset,
    ...(weights === undefined ? {} : { weights: relative(weights) }),
  };
}

/** The file's name with what may not stand in a study's name replaced. */
function studyName(file: string): string {
  const name = path
    .basename(file)
    .replace(/\.ya?ml$/i, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 64);
  return name === '' ? 'study' : name;
}

function alreadyThere(file: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_USAGE_FILE_EXISTS',
    message: `${file} is there already.`,
    remedy: 'Choose another name, or pass --force to write over it.',
    details: { file },
  });
}
