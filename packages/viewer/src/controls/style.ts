/** Set from a script, because pages forbid inline styles. Colours come from the page where it names them. */
const sheet = `
.viewer { display: flex; flex-direction: column; min-height: 0; height: 100%; color: inherit; font: inherit; }
.viewer-stage { position: relative; flex: 1; min-height: 8rem; background: #000; overflow: hidden; touch-action: none; cursor: crosshair; }
.viewer-stage:focus-visible { outline: 3px solid var(--focus, #4c9ffe); outline-offset: -3px; }
.viewer-stage canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.viewer-bar { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; padding: 0.35rem 0; font-size: 0.875rem; }
.viewer-bar label { display: inline-flex; gap: 0.35rem; align-items: center; }
.viewer-bar [hidden] { display: none; }
.viewer-bar input[type=range] { width: 6rem; }
.viewer-bar button, .viewer-bar select { font: inherit; min-height: 1.75rem; }
.viewer-bar button[aria-pressed=true] { font-weight: 700; text-decoration: underline; }
.viewer-state { font-variant-numeric: tabular-nums; }
.viewer-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

let adopted: CSSStyleSheet | undefined;

/** Adds the viewer's style to the document, once. */
export function adoptStyle(): void {
  if (adopted === undefined) {
    adopted = new CSSStyleSheet();
    adopted.replaceSync(sheet);
  }
  if (!document.adoptedStyleSheets.includes(adopted))
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, adopted];
}
