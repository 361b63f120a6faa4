import { counted } from '@chromaray/base';
import type { ReaderCases } from '@chromaray/contracts';
import { dataUri, encodeJpeg } from '@chromaray/imaging';
import { html, page } from '@chromaray/pages';
import type { Pictures } from '../pictures/prepare.js';

/**
 * Every picture that readers will be shown, in gray and at its full size, for somebody to look through before the study is
 * registered: a name, a date or a mark that is part of the pixels no program takes out.
 */
export async function checkPage(study: string, list: ReaderCases, pictures: Pictures): Promise<string> {
  const all = [...list.cases, ...list.training];
  const shown = [];
  for (const { name, truth } of all) {
    const gray = pictures.gray(name);
    if (gray === undefined) continue;
    const source = dataUri(await encodeJpeg(gray, 80), 'jpeg');
    shown.push(html`<figure><img src="${source}" alt="${name}" width="${gray.width}" height="${gray.height}">
<figcaption><span class="file">${name}</span> (${truth === 1 ? list.positive : list.negative})</figcaption></figure>
`);
  }
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> pictures of the reader study <span class="file">${study}</span></p>
<h1>Look at every picture before you register</h1>
<p class="statement">${counted(list.cases.length, 'case')} and ${counted(list.training.length, 'exercise')}. Names, dates, hospital marks and arrows that are part of the pixels are not taken out by any program: leave such pictures out (<code>cases.leaveOut</code>) or blacken the text in the file. This page shows the truth: it is not for readers.</p>
<p class="notice">For research use only, not for diagnosis.</p>
</header>
<main class="pictures">${shown}</main>
`;
  return page({ title: `Pictures of ${study}`, body, style });
}

const style = `
.pictures { max-width: none; padding: 0 24px 48px; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); gap: 24px; }
.pictures figure { margin: 0; }
.pictures img { width: 100%; max-width: 800px; height: auto; background: #000; }
.pictures figcaption { overflow-wrap: anywhere; }
`;
