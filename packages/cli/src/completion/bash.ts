import { quoted } from './quote.js';
import type { CompletionNode } from './tree.js';

/** A completion for bash 3.2 and later, the version of macOS included. */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.slice(1).map(({ path }) => quoted(path));
  const values = nodes.flatMap(({ path, options }) =>
    options.flatMap(({ name, value }) => {
      const asked = quoted(`${path} ${name}`);
      if (value === 'none') return [];
      if (value === 'file') return [`    ${asked}) return ;;`];
      const words = value === 'text' ? '' : value.join(' ');
      return [`    ${asked}) __chromaray_offer ${quoted(words)}; return ;;`];
    }),
  );
  const words = nodes.flatMap(({ path, commands, options, choices }) => {
    const names = [...commands.map(({ name }) => name), ...(choices ?? [])];
    return [
      `    ${quoted(path)}) words=${quoted(names.join(' '))}; options=${quoted(options.map(({ name }) => name).join(' '))} ;;`,
    ];
  });
  return `# Completion of chromaray for bash, made by: chromaray completion bash
# Where it is found: ~/.local/share/bash-completion/completions/chromaray
# Files are offered where a command or an option takes one.

__chromaray_offer() {
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}

_chromaray() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  local at=chromaray words='' options='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${paths.join(' | ')}) at="$at \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$at $before" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
  if [[ $current == -* ]]; then
    __chromaray_offer "$options"
  elif [[ -n $words ]]; then
    __chromaray_offer "$words"
  fi
}

complete -o default -F _chromaray chromaray
`;
}
