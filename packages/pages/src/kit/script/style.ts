/** Looks of what the page's script adds; what waits for it is hidden until then, and on paper. */
export const scriptStyle = `
[hidden] { display: none !important; }
button { font: inherit; color: var(--accent); cursor: pointer; }
button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.sort { background: none; border: 0; padding: 0; margin: 0; color: inherit; font-weight: inherit; text-align: inherit; line-height: inherit; }
.sort::after { content: "\\a0\\2195"; color: var(--quiet); font-weight: 400; }
[aria-sort="ascending"] .sort::after { content: "\\a0\\2191"; color: var(--text); }
[aria-sort="descending"] .sort::after { content: "\\a0\\2193"; color: var(--text); }
.tip { position: absolute; z-index: 3; pointer-events: none; max-width: 20rem; background: var(--text); color: #fff; border-radius: 4px; padding: .2rem .6rem; font-size: .95rem; line-height: 1.4; }
.zoom { display: block; width: 100%; padding: 0; border: 0; background: none; cursor: zoom-in; }
.enlarge { border: 0; background: none; padding: 0; font-size: .9rem; color: var(--quiet); text-decoration: underline; text-underline-offset: .15em; }
.zoomed { width: min(96vw, 70rem); max-height: 96vh; border: 0; border-radius: 6px; padding: 1rem 1.25rem; }
.zoomed::backdrop { background: rgb(20 26 31 / .7); }
.zoomed > svg, .zoomed > img { display: block; width: 100%; max-height: 80vh; height: auto; object-fit: contain; margin-top: .75rem; }
.zoomed p { margin: .6rem 0 0; max-width: none; }
.explore { border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.2rem; margin: 0 0 2rem; }
.explore input[type="range"] { display: block; width: min(100%, 36rem); margin: .5rem 0; accent-color: var(--accent); }
.explore output { font-weight: 600; color: var(--text); font-variant-numeric: tabular-nums; }
.explore .table { margin-bottom: 0; }
.filter { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: baseline; margin: 1rem 0; }
.filter select, .filter input { font: inherit; max-width: 100%; }
@media print {
  .tip, .enlarge, .explore, .filter, .zoomed { display: none !important; }
  .sort::after { content: none; }
}
`;
