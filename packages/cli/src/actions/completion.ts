import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import type { Shell } from '../completion/shells.js';
import { completionTree } from '../completion/tree.js';
import { zshCompletion } from '../completion/zsh.js';
import type { Context } from '../context.js';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** What `chromaray completion <shell>` does: the script is for a shell, so it is written as it is. */
export function completionAction(shell: Shell, program: Command, context: Context): void {
  context.out.write(scripts[shell](completionTree(program)));
}
