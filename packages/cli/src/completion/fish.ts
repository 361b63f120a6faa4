import type { CompletionNode, CompletionOption } from './tree.js';

/** A completion for fish, with descriptions. */
export function fishCompletion(nodes: readonly CompletionNode[]): string {
  const groups = nodes.filter(({ commands }) => commands.length > 0);
  const paths = nodes.slice(1).map(({ path }) => fishQuoted(path));
  return `# Completion of chromaray for fish, made by: chromaray completion fish
# Where it is found: ~/.config/fish/completions/chromaray.fish

function __chromaray_at
    set -l at chromaray
    for word in (commandline -opc)[2..]
        if contains -- "$at $word" ${paths.join(' ')}
            set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end

${groups.map(({ path }) => `complete -c chromaray -n ${condition(path)} -f`).join('\n')}
${nodes.flatMap(lines).join('\n')}
`;
}

function lines({ path, commands, options, choices }: CompletionNode): readonly string[] {
  const start = `complete -c chromaray -n ${condition(path)}`;
  return [
    ...commands.map(({ name, description }) => `${start} -a ${fishQuoted(name)} -d ${fishQuoted(description)}`),
    ...(choices === null ? [] : [`${start} -f -a ${fishQuoted(choices.join(' '))}`]),
    ...options.map(
      (option) => `${start} -l ${option.name.slice(2)} -d ${fishQuoted(option.description)}${valueFlags(option)}`,
    ),
  ];
}

function valueFlags({ value }: CompletionOption): string {
  if (value === 'none') return '';
  if (value === 'file') return ' -r -F';
  return value === 'text' ? ' -x' : ` -x -a ${fishQuoted(value.join(' '))}`;
}

function condition(path: string): string {
  return fishQuoted(`__chromaray_at "${path}"`);
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
