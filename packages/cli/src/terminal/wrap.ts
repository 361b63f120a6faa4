/**
 * Breaks text between words into lines of at most `width` characters; a longer word stays whole. A line is continued
 * below its own indent, and below its text where it begins with a label and a column of spaces, as `Memory     8 GiB`.
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = hangingIndent(line, width);
  const lines: string[] = [];
  let current = line.slice(0, /^ */.exec(line)![0].length);
  let isEmpty = true;
  for (const word of line.slice(current.length).split(' ')) {
    if (!isEmpty && current.length + 1 + word.length > width) {
      lines.push(current.trimEnd());
      // A word with no room below the text may begin further left.
      current = ' '.repeat(Math.max(0, Math.min(indent, width - word.length))) + word;
    } else {
      current = isEmpty ? current + word : `${current} ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, current.trimEnd()].join('\n');
}

/** Where the text of a labelled line begins, or the text of any other; at most half of the width. */
function hangingIndent(line: string, width: number): number {
  const [label = ''] = /^ *\S+(?: \S+)* {2,}(?=\S)/.exec(line) ?? [];
  const own = /^ */.exec(line)![0];
  return label.length > 0 && label.length <= width / 2 ? label.length : Math.min(own.length, Math.floor(width / 2));
}
