import { type Html, html } from '../../kit/html.js';

/** A publication with its address. */
export function cite(text: string, doi: string): Html {
  return html`<a href="https://doi.org/${doi}">${text}</a>`;
}
