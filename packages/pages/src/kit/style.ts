/**
 * The report's whole style sheet: system fonts, one accent colour, room to breathe. Contrast of all text is at
 * least 4.5 to 1 (WCAG AA). On paper nothing is cut: wide tables wrap, figures stay whole, links show their target.
 */
export const style = `
:root {
  --text: #1c2329; --quiet: #56616b; --line: #dde2e7; --tint: #f4f6f8; --accent: #0a5687; --warn: #8a3b00; --warn-tint: #fff4ea;
  color-scheme: light;
}
* { box-sizing: border-box; }
html { background: #fff; color: var(--text); font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 80rem; padding: 0 clamp(1.25rem, 4vw, 3rem); overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
h1, h2, h3 { line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
h1 { font-size: clamp(2.1rem, 4.5vw, 3rem); margin: .1em 0 .15em; color: var(--accent); letter-spacing: -.025em; }
h2 { font-size: clamp(1.5rem, 3vw, 1.9rem); margin: 0 0 1.25rem; }
h3 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
.question > section > h3 { font-size: 1.25rem; margin: 0 0 .9rem; }
h4 { font-size: 1.05rem; line-height: 1.3; margin: 1.75rem 0 .6rem; }
p, dl, section > ul { max-width: 44rem; }
code, pre, .file { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .95em; }
code, .file { overflow-wrap: anywhere; }
pre { background: var(--tint); border-radius: 6px; padding: 1rem 1.2rem; overflow-x: auto; line-height: 1.5; }
pre code { overflow-wrap: normal; font-size: 1em; }
td code, td .file, th code, dd .file, figcaption .file { font-size: 1em; }
.quiet, .under, .eyebrow, .basis, figcaption { color: var(--quiet); }

header { padding: clamp(1.25rem, 2.5vw, 2rem) 0 1.5rem; }
.eyebrow { font-size: 1rem; margin: 0 0 .9rem; max-width: none; }
.eyebrow strong { color: var(--text); }
.asked { font-size: 1.1rem; max-width: 60rem; margin: 0 0 .5rem; color: var(--quiet); }
.asked b { color: var(--text); }
.statement { font-size: clamp(1.15rem, 2vw, 1.35rem); line-height: 1.4; max-width: 60rem; margin: 0 0 1rem; }
header .forest, header .strip { margin: 0 0 1.25rem; }
.first-figures { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 2.5rem; }
.strip svg { max-width: 28rem; }
@media (min-width: 66rem) { .first-figures:has(.strip) { grid-template-columns: minmax(0, 7fr) minmax(0, 4.3fr); } }
.numbers { list-style: none; margin: 0 0 1.5rem; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(10.25rem, 1fr)); gap: 0 1.5rem; }
.numbers li { border-top: 2px solid var(--line); padding: .7rem 0 1.3rem; display: flex; flex-direction: column; }
.numbers li:first-child { border-top-color: var(--accent); }
.numbers .arm { font-weight: 600; overflow-wrap: anywhere; }
.numbers .big { font-size: 2rem; line-height: 1.25; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.numbers .small { color: var(--quiet); font-size: 1rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
.numbers .mark { margin-top: .3rem; font-weight: 600; }
.basis { margin: 0 0 1.25rem; }
.notice { border-left: 4px solid var(--accent); padding: .1rem 0 .1rem 1rem; margin: 0 0 1rem; max-width: 60rem; }
h1.invalid { color: var(--warn); }
h1.helps { color: #1b6b3a; }
h1.equal { color: var(--accent); }
h1.open { color: var(--quiet); }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.1rem; padding: 0; max-width: 60rem; }
.chips a { display: block; border: 1px solid var(--warn); background: var(--warn-tint); color: var(--warn); border-radius: 999px; padding: .1rem .8rem; font-size: 1rem; text-decoration: none; }
.chips a:hover { text-decoration: underline; }
.warning { border: 2px solid var(--warn); border-left-width: 10px; background: var(--warn-tint); border-radius: 4px; padding: .9rem 1.2rem; margin: 0 0 1.5rem; max-width: 60rem; }
.warning p { margin: 0; max-width: none; }
.warning strong { color: var(--warn); }
details.warning { padding: .5rem 1.1rem; margin-bottom: 1rem; }
details.warning[open] > :nth-child(2) { margin-top: .5rem; }
.warning ul { margin: .4rem 0 0; padding-left: 1.3rem; }

.page { border-top: 1px solid var(--line); padding-top: 2.5rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem 3.5rem; }
nav p, .contents > summary { font-weight: 600; margin: 0 0 .4rem; }
nav ol { margin: 0; padding: 0; list-style: none; columns: 2 9rem; column-gap: 1.5rem; }
nav li { padding: .25rem 0; break-inside: avoid; }
nav ol ol { columns: 1; margin: .1rem 0 .3rem; padding-left: .8rem; border-left: 2px solid var(--line); font-size: .94rem; }
nav ol ol li { padding: .1rem 0; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
@media (min-width: 70rem) {
  .page { grid-template-columns: 11rem minmax(0, 1fr); }
  nav { position: sticky; top: 2rem; align-self: start; }
  nav ol { columns: 1; }
  .contents::details-content { content-visibility: visible; block-size: auto; }
  .contents > summary { list-style: none; pointer-events: none; }
}
section { padding-bottom: 1rem; scroll-margin-top: 1.5rem; }
section + section { border-top: 1px solid var(--line); padding-top: 2.75rem; }
.question > section { padding: 1.75rem 0 .5rem; }
.question > section + section { border-top: 0; }
.answer { font-size: 1.15rem; line-height: 1.5; border-left: 4px solid var(--accent); padding-left: 1rem; max-width: 48rem; margin: 0; }
.reading { color: var(--quiet); font-size: 1rem; max-width: 52rem; }
.reading strong { color: var(--text); }
blockquote { margin: 0 0 1.5rem; border-left: 4px solid var(--line); padding-left: 1.2rem; max-width: 52rem; }
main.plain { border-top: 1px solid var(--line); padding-top: 2.5rem; }
footer { border-top: 1px solid var(--line); color: var(--quiet); padding: 1rem 0 2rem; }

figure { margin: 0 0 2.5rem; }
figcaption { max-width: 52rem; margin-top: .9rem; font-size: 1rem; line-height: 1.5; }
figure svg { display: block; width: 100%; height: auto; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16.5rem), 1fr)); gap: 1.75rem 1.25rem; }
.panel svg { max-width: 26rem; }
.panels:has(> :only-child) { grid-template-columns: minmax(0, 31rem); }
.panels:has(> :only-child) .panel svg { max-width: none; }
.forest .wide svg { max-width: 50rem; }
.forest .narrow svg { max-width: 28rem; }
.forest .narrow { display: none; }
@media (max-width: 52rem) {
  .forest .wide { display: none; }
  .forest .narrow { display: block; }
}
.samples .pictures { grid-template-columns: repeat(var(--together), minmax(0, 1fr)); }
.samples { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(var(--arms) * 8.4rem)), 1fr)); gap: 0 2rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); gap: .9rem; max-width: 62rem; }
.pictures.roomy { grid-template-columns: repeat(auto-fill, minmax(min(100%, 10.5rem), 1fr)); gap: 1.4rem .9rem; }
.pictures img { display: block; width: 100%; height: auto; background: #000; border-radius: 3px; }
.pictures > * > span { display: block; padding-top: .25rem; font-size: 1rem; }
.pictures > span { font-size: 1rem; }
.pictures .file { overflow-wrap: anywhere; }
.pictures .tag { white-space: normal; }
.pictures.pairs { grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 1.6rem 2rem; max-width: none; }
.pictures.two { grid-template-columns: repeat(2, minmax(0, 1fr)); max-width: 24rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .4rem; }
.scale { display: flex; align-items: center; gap: .7rem; margin: 0 0 .4rem; font-size: 1rem; }
.scale span { text-wrap: balance; }
.scale .bar { flex: 0 1 14rem; height: 1rem; border: 1px solid var(--line); }
.maps > figcaption { margin: 0 0 .6rem; font-weight: 600; color: var(--text); }
figcaption strong { color: var(--text); }

/* A shadow at the edge behind which a table continues; it lies under the cells, and what moves with them covers it at the end. */
.scroll { overflow-x: auto; background: linear-gradient(to right, #fff 30%, transparent) 0 0 / 2rem 100% no-repeat local, linear-gradient(to left, #fff 30%, transparent) 100% 0 / 2rem 100% no-repeat local, linear-gradient(to right, rgb(28 35 41 / .28), transparent) 0 0 / .7rem 100% no-repeat scroll, linear-gradient(to left, rgb(28 35 41 / .28), transparent) 100% 0 / .7rem 100% no-repeat scroll; }
.sideways { display: none; font-size: .95rem; color: var(--quiet); margin: 0 0 .3rem; }
@media (max-width: 36rem) { .wide-table > .sideways { display: block; } }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 1rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
.table figcaption { margin: 0 0 .7rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-bottom: 2px solid var(--text); vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 600; min-width: 6.5rem; }
@media (max-width: 52rem) { .scroll th:first-child { position: sticky; left: 0; background: #fff; } }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.words { min-width: 12rem; }
td .mark { white-space: nowrap; }
.line { display: block; }
.spread { color: var(--quiet); }
tbody th .line { font-weight: 400; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 3px; padding: 0 .4em; font-size: 1em; font-weight: 400; color: var(--quiet); white-space: nowrap; }
.tag.partial { border-color: var(--warn); color: var(--warn); }
.absent { border-left: 4px solid var(--warn); padding-left: 1rem; }
.files { margin: .2rem 0 0; padding: 0; list-style: none; }
details { margin: 0 0 1rem; }
details > .table, details.more > figure { margin-top: 1rem; }
.marks { margin: .2rem 0 0; }
.marks p { margin: .3rem 0 0; max-width: none; }
.marks summary { color: var(--accent); }
summary { cursor: pointer; max-width: 52rem; }
dl { margin: 0 0 2rem; max-width: 52rem; }
dl div { display: grid; grid-template-columns: minmax(8rem, 11rem) minmax(0, 1fr); gap: 0 1.5rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
dt { font-weight: 600; }
dd { margin: 0; }
.under { margin-top: -.5rem; }
@media (max-width: 36rem) {
  dl div { grid-template-columns: minmax(0, 1fr); }
  .numbers { grid-template-columns: minmax(0, 1fr); }
  .numbers li { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; column-gap: 1rem; padding: .5rem 0 .6rem; }
  .numbers .arm, .numbers .mark { grid-column: 1; margin: 0; }
  .numbers .big, .numbers .small { grid-column: 2; text-align: right; }
  .numbers .big { font-size: 1.5rem; grid-row: 1; }
  .numbers .arm { grid-row: 1; }
  .numbers .mark { grid-row: 2; }
  .pictures:not(.pairs):not(.samples .pictures) { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}

@page {
  margin: 16mm 15mm 18mm;
  @bottom-left { content: "Chromaray. For research use only."; font: 8pt system-ui, sans-serif; color: #56616b; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #56616b; }
}
@media print {
  html { font-size: 9.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  header { padding: 0 0 1rem; }
  h1 { font-size: 2.2rem; }
  p, dl, section > ul, figcaption, .answer, .reading, .asked, .statement, .notice { max-width: none; }
  .page { display: block; padding-top: 1rem; }
  nav { position: static; margin-bottom: 1.5rem; font-size: .95em; }
  nav > ol { columns: 4; }
  nav li { padding: .1rem 0; }
  .question > section { padding: .9rem 0 0; }
  section { padding-bottom: 0; }
  section + section { padding-top: 1.5rem; }
  h2, h3, h4, .answer, .reading, h4 + p, .table figcaption, thead, tbody tr:first-child, .panels, p:has(+ figure) { break-after: avoid; }
  .panels + figcaption { break-before: avoid; }
  tr, nav > ol > li, figcaption, .panel, .sample, .forest, .short, .numbers li, .warning, .answer, .reading, dl div, details > summary, p:has(+ figure) { break-inside: avoid; }
  .pictures > div { break-inside: avoid; }
  p, li, dd { orphans: 3; widows: 3; }
  .scroll th:first-child { position: static; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  th, td { padding: .3rem .6rem .3rem 0; }
  .words { min-width: 0; }
  tbody th { min-width: 0; }
  pre { white-space: pre-wrap; font-size: 8pt; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; break-after: avoid; }
  .marks > summary { display: none; }
  .forest .wide { display: block; }
  .forest .narrow { display: none; }
  .first-figures:has(.strip) { grid-template-columns: minmax(0, 6fr) minmax(0, 4fr); gap: 0 1.5rem; }
  .panels:has(> :only-child) { grid-template-columns: minmax(0, 24rem); }
  #cases, li:has(> a[href="#cases"]) { display: none; }
  .panels:not(:has(> :only-child)) { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; }
  .pictures { grid-template-columns: repeat(6, minmax(0, 1fr)); }
  .pictures.roomy { grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .samples { grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(var(--arms) * 4.6rem)), 1fr)); }
  .samples .pictures { grid-template-columns: repeat(var(--arms), minmax(0, 6rem)); gap: .4rem; }
  .pictures.pairs { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  a { color: inherit; }
  a[href^="https://doi.org"]::after { content: " (" attr(href) ")"; font-size: .85em; overflow-wrap: anywhere; }
}
`;
