import {
  type ErrorArea,
  type ErrorEntry,
  errorAreas,
  exitCodes,
  outcomeOf,
} from '../../packages/contracts/src/errors/index.js';

const opening = `# Errors

Every error that a user can cause has a code. The command line prints what is wrong, what to do, and the code; with
\`--json\`, all three and details are in \`error\`. Codes are stable: scripts may rely on them.

The exit code follows from the code: ${exitCodes.failed} failed, ${exitCodes.wrongUse} wrong use (what was typed, set or written in the
study file has to be changed), ${exitCodes.stoppedByAudit} stopped by the audit, ${exitCodes.interrupted} interrupted. "What to do" is general; the
message of an error is more specific where it can be.

This page is generated from the table of errors in \`packages/contracts\`, by \`npm run docs:generate\`.
`;

/** The text of `docs/errors.md`. */
export function errorPage(): string {
  return [opening, ...errorAreas.map(chapter)].join('\n');
}

function chapter({ title, page, errors }: (typeof errorAreas)[number]): string {
  return `## ${title}

More in [${page}](${page}).

| code | exits with | what is wrong | what to do |
|---|---|---|---|
${rows(errors).join('\n')}
`;
}

function rows(errors: ErrorArea): readonly string[] {
  return Object.entries<ErrorEntry>(errors).map(([code, { meaning, remedy, advice }]) => {
    const cells = [`\`${code}\``, exitCodes[outcomeOf(code)], meaning, remedy ?? advice];
    return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  });
}
