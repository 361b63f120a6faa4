import { Argument, type Command } from 'commander';
import { type Shell, shells } from '../completion/shells.js';
import type { Context } from '../context.js';

/** `chromaray completion <shell>` */
export function addCompletion(program: Command, context: Context): void {
  program
    .command('completion')
    .description('print a script by which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText(
      'after',
      `
Where the shell finds it:
  bash  chromaray completion bash > ~/.local/share/bash-completion/completions/chromaray
  zsh   chromaray completion zsh > a file named _chromaray in a folder of $fpath
  fish  chromaray completion fish > ~/.config/fish/completions/chromaray.fish

Example:
  chromaray completion bash`,
    )
    .action(async (shell: Shell) => {
      const { completionAction } = await import('../actions/completion.js');
      completionAction(shell, program, context);
    });
}
