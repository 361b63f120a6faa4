import { createHash } from 'node:crypto';
import { type Html, html, trusted } from './html.js';
import { scriptStyle } from './script/style.js';
import { style } from './style.js';

export interface PageContent {
  /** For the window and for bookmarks. */
  readonly title: string;
  readonly body: Html;
  /** JavaScript that betters the page; without it the page must work too. Allowed by its hash, and no other. */
  readonly script?: string;
  /** Style besides the shared one. */
  readonly style?: string;
}

/**
 * The shell of every page that Chromaray writes: one file that loads nothing, neither from the disk nor from the
 * network, and runs no script but its own. The same content gives the same bytes.
 */
export function page({ title, body, script, style: more = '' }: PageContent): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="color-scheme" content="light">
<title>${title}</title>
<style>${trusted(style + scriptStyle + more)}</style>
</head>
<body>
${body}${script === undefined ? null : html`<script>${trusted(script)}</script>\n`}</body>
</html>
`.toString();
}

/** Styles may stand in the page: figures carry theirs. Pictures are embedded. */
function policy(script: string | undefined): string {
  const scripts =
    script === undefined ? '' : `; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  return `default-src 'none'; img-src data:; style-src 'unsafe-inline'${scripts}; base-uri 'none'; form-action 'none'`;
}
