/**
 * HTML that is escaped by construction: whatever is put into an `html` template is text, unless it is itself
 * the outcome of an `html` template or was declared to be markup with `trusted`.
 */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

/** What a template may hold; `null` leaves nothing, a list leaves its items one after the other. */
export type HtmlContent = Html | string | number | null | readonly HtmlContent[];

/**
 * Makes HTML from a template. Values become text and are safe between tags and inside attributes in double
 * quotes; nowhere else.
 *
 * @example html`<p title="${name}">${paragraphs}</p>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlContent[]): Html {
  let markup = strings[0] ?? '';
  for (const [i, value] of values.entries()) markup += render(value) + (strings[i + 1] ?? '');
  return new Html(markup);
}

/** Declares that a string is markup already, such as a figure or a style sheet that this program made. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** Items one after the other with a separator between them. */
export function joined(items: readonly HtmlContent[], separator: HtmlContent): HtmlContent {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
}

/** The words alone: markup taken out, white space drawn together. */
export function textOf(content: HtmlContent): string {
  return unescapeText(
    render(content)
      .replace(/<\/(?:span|p|li|dd|dt|div)>|<br>/g, ' ')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/[ \t\n]+/g, ' ')
    .trim();
}

function render(value: HtmlContent): string {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function unescapeText(text: string): string {
  const characters = Object.entries(entities);
  return text.replace(
    /&(?:amp|lt|gt|quot|#39);/g,
    (entity) => characters.find(([, name]) => name === entity)?.[0] ?? entity,
  );
}
