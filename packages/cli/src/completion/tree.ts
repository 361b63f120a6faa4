import type { Command, Option } from 'commander';

/** What can follow a command, as the completion of a shell needs it. */
export interface CompletionNode {
  /** The words of the command from the program's name on: `chromaray study run`. */
  readonly path: string;
  /** Commands below it; none where it is a command that runs. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletionOption[];
  /** What its first argument may be; null where that is a file, a folder or free text. */
  readonly choices: readonly string[] | null;
}

export interface CompletionOption {
  readonly name: string;
  readonly description: string;
  /**
   * - `none`: the option takes no value;
   * - a list: one of these;
   * - `file`: a file or folder, which the shell completes itself;
   * - `text`: anything else.
   */
  readonly value: 'none' | 'file' | 'text' | readonly string[];
}

/** Every command of the program, groups before their parts, without what help does not show. */
export function completionTree(command: Command, above: readonly string[] = []): readonly CompletionNode[] {
  const words = [...above, command.name()];
  const help = { name: '--help', description: 'print this help', value: 'none' } as const;
  const asked = above.length === 0 ? [{ name: 'help', description: 'print the help of a command' }] : [];
  const children = command.commands.map((child) => ({ name: child.name(), description: child.description() }));
  return [
    {
      path: words.join(' '),
      commands: children.length === 0 ? [] : [...children, ...asked],
      options: [...command.options.filter(({ hidden }) => !hidden).map(completionOption), help],
      choices: command.registeredArguments[0]?.argChoices ?? null,
    },
    ...command.commands.flatMap((child) => completionTree(child, words)),
  ];
}

function completionOption(option: Option): CompletionOption {
  return { name: option.long!, description: option.description, value: valueKind(option) };
}

/** By the name of the value in the option's flags: `--out <dir>`, `--sheet <file.png>`. */
function valueKind({ flags, argChoices }: Option): CompletionOption['value'] {
  const [, name] = /[<[]([^>\]]+)[>\]]/.exec(flags) ?? [];
  if (name === undefined) return 'none';
  if (argChoices !== undefined) return argChoices;
  return /^(dir|folder|file|path)\b/.test(name) ? 'file' : 'text';
}
