/** Attributes that lead out of a saved page, or run something. */
const leading = /^(on.*|href|src|srcset|action|formaction|xlink:href)$/i;
/** What a saved page cannot do without its server. */
const lifeless = 'script, link, noscript, template, .only-live, iframe, object, embed';

export interface SaveOptions {
  /** False: X-rays and other pictures are left out, so that the page can be shared without them. */
  readonly pictures: boolean;
}

/**
 * The page as it is seen, as one HTML document that needs no server: no script, style within, pictures within. Its
 * Content-Security-Policy lets its one style sheet apply, by its hash, and nothing else run or load.
 */
export async function savedPage(source: Document, { pictures }: SaveOptions): Promise<string> {
  const copy = source.documentElement.cloneNode(true) as HTMLElement;
  const [live, still] = [[...source.documentElement.querySelectorAll('*')], [...copy.querySelectorAll('*')]];
  const styles = new Map<string, string>();
  for (const [i, element] of still.entries()) await keepWhatIsSeen(live[i]!, element, pictures);
  for (const element of copy.querySelectorAll('[style]')) keepStyle(element, styles);
  for (const element of copy.querySelectorAll(lifeless)) element.remove();
  for (const element of copy.querySelectorAll('*')) disarm(element);
  const title = source.title;
  const css = [cssOf(source), ...[...styles].map(([style, name]) => `.${name}{${style}}`)]
    .join('\n')
    .replaceAll('</', '<\\/');
  const theme = copy.getAttribute('data-theme');
  const notice = `Saved from Chromaray at ${new Date().toISOString()}, as it was seen${pictures ? '' : ', without pictures'}. Buttons and fields do nothing here.`;
  return `<!doctype html>
<html lang="en"${theme === null ? '' : ` data-theme="${theme}"`}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${await hashOf(css)}'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<p class="saved-note">${escaped(notice)}</p>
${copy.querySelector('body')!.innerHTML}
</body>
</html>
`;
}

/** Puts into an element what only the live one knows: values of fields, drawings of canvases, pictures. */
async function keepWhatIsSeen(live: Element, still: Element, pictures: boolean): Promise<void> {
  if (live instanceof HTMLInputElement) {
    still.setAttribute('value', live.value);
    if (live.checked) still.setAttribute('checked', '');
    else still.removeAttribute('checked');
    still.setAttribute('disabled', '');
  } else if (live instanceof HTMLTextAreaElement) {
    still.textContent = live.value;
    still.setAttribute('readonly', '');
  } else if (live instanceof HTMLSelectElement) {
    for (const [i, option] of [...still.querySelectorAll('option')].entries())
      option.toggleAttribute('selected', live.options[i]!.selected);
    still.setAttribute('disabled', '');
  } else if (live instanceof HTMLButtonElement) still.setAttribute('disabled', '');
  else if (live instanceof HTMLCanvasElement || live instanceof HTMLImageElement) {
    const picture = pictures ? await pictureOf(live) : undefined;
    const label = live.getAttribute('aria-label') ?? live.getAttribute('alt') ?? '';
    if (picture === undefined) {
      const words = live.ownerDocument.createElement('span');
      words.className = 'left-out';
      words.textContent = label === '' ? 'Picture left out' : `Picture left out: ${label}`;
      still.replaceWith(words);
    } else {
      const image = live.ownerDocument.createElement('img');
      image.className = live.className;
      image.setAttribute('style', live.getAttribute('style') ?? '');
      image.width = live.clientWidth;
      image.alt = label;
      image.dataset.kept = picture;
      still.replaceWith(image);
    }
  }
}

/** A canvas or picture as a data address; undefined where the browser gives none. */
async function pictureOf(live: HTMLCanvasElement | HTMLImageElement): Promise<string | undefined> {
  try {
    const canvas = live instanceof HTMLCanvasElement ? live : document.createElement('canvas');
    if (live instanceof HTMLImageElement) {
      await live.decode();
      canvas.width = live.naturalWidth;
      canvas.height = live.naturalHeight;
      canvas.getContext('2d')!.drawImage(live, 0, 0);
    }
    return canvas.toDataURL('image/png');
  } catch {
    return undefined;
  }
}

/** A policy by hash lets no style stand at an element: each becomes a class. */
function keepStyle(element: Element, styles: Map<string, string>): void {
  const style = element.getAttribute('style')!;
  element.removeAttribute('style');
  if (style.trim() === '') return;
  const name = styles.get(style) ?? `kept-${styles.size}`;
  styles.set(style, name);
  element.classList.add(name);
}

function disarm(element: Element): void {
  for (const { name } of [...element.attributes])
    if (leading.test(name) && !isWithin(element, name)) element.removeAttribute(name);
  if (element instanceof HTMLElement && element.dataset.kept !== undefined) {
    element.setAttribute('src', element.dataset.kept);
    delete element.dataset.kept;
  }
}

/** A link to a place of the same page. */
function isWithin(element: Element, name: string): boolean {
  return name === 'href' && (element.getAttribute(name) ?? '').startsWith('#');
}

function cssOf({ styleSheets, adoptedStyleSheets }: Document): string {
  return [...styleSheets, ...adoptedStyleSheets]
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))
    .join('\n');
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
