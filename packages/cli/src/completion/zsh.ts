import { quoted } from './quote.js';
import type { CompletionNode } from './tree.js';

/** A completion for zsh, with descriptions. */
export function zshCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.slice(1).map(({ path }) => quoted(path));
  const values = nodes.flatMap(({ path, options }) =>
    options.flatMap(({ name, value }) => {
      const asked = quoted(`${path} ${name}`);
      if (value === 'none') return [];
      if (value === 'file') return [`    ${asked}) _files; return ;;`];
      if (value === 'text') return [`    ${asked}) _message ${quoted(`a value for ${name}`)}; return ;;`];
      return [`    ${asked}) compadd -- ${value.map(quoted).join(' ')}; return ;;`];
    }),
  );
  const cases = nodes.map(({ path, commands, options, choices }) => {
    const items = [...commands, ...(choices ?? []).map((name) => ({ name, description: name }))];
    return `    ${quoted(path)})
      words_here=(${items.map(described).join(' ')})
      options_here=(${options.map(described).join(' ')}) ;;`;
  });
  return `#compdef chromaray
# Completion of chromaray for zsh, made by: chromaray completion zsh
# Where it is found: a file named _chromaray in a folder of $fpath

_chromaray() {
  local at=chromaray i
  local -a words_here options_here
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
      ${paths.join(' | ')}) at="$at \${words[i]}" ;;
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$at" in
${cases.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    _describe -o option options_here
  elif (( \${#words_here} )); then
    _describe command words_here
  else
    _files
  fi
}

if [[ $funcstack[1] == _chromaray ]]; then
  _chromaray "$@"
else
  compdef _chromaray chromaray
fi
`;
}

/** `name:description`, as _describe takes it; colons within are escaped. */
function described({ name, description }: { readonly name: string; readonly description: string }): string {
  return quoted(`${name.replaceAll(':', '\\:')}:${description}`);
}
