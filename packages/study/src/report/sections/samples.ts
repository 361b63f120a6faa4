import { ChromarayError } from '@chromaray/base';
import { html } from '../html.js';
import type { ReportInput, ReportSampleImage } from '../report-input.js';
import { absent, type Section } from './section.js';

/** The same X-rays as every arm's network sees them. */
export function samplesSection({ samples }: ReportInput): Section {
  return {
    id: 'samples',
    title: 'What did the networks see?',
    short: 'Samples',
    body:
      samples.length === 0
        ? absent('No samples were stored with this study.')
        : html`<p>The same X-rays, side by side, at the size and in the colours that each arm's network is given.</p>
${samples.map(
  (sample) => html`<figure class="sample">
<div class="pictures">${sample.images.map(
    (image) =>
      html`<div><img src="${raster(image, sample.record)}" alt="${sample.label} X-ray as ${image.arm}" loading="lazy"><span>${image.arm}</span></div>\n`,
  )}</div>
<figcaption><strong>${sample.label}</strong> <span class="file">${sample.record}</span></figcaption>
</figure>\n`,
)}`,
  };
}

function raster({ arm, dataUri }: ReportSampleImage, record: string): string {
  if (/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(dataUri)) return dataUri;
  throw new ChromarayError({
    code: 'CHROMARAY_REPORT_IMAGE',
    message: `The sample of ${record} for arm ${arm} is no embedded picture: it begins with "${dataUri.slice(0, 40)}".`,
    remedy: 'Give samples as data:image/png;base64,… so that the report needs no other file.',
  });
}
