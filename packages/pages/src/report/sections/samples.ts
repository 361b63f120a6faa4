import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { embeddedPicture } from './embedded-picture.js';
import { recordName } from './record-name.js';
import { absent, type Section } from './section.js';

/** Pictures of an X-ray that stay in one row on the narrowest screen. */
const together = 4;

/** The same X-rays as every arm's network sees them. */
export function samplesSection({ samples, picturesLeftOut }: ReportInput): Section {
  return {
    id: 'samples',
    title: 'What the networks saw',
    short: 'Samples',
    body:
      samples.length === 0
        ? absent(
            picturesLeftOut === true ? 'X-rays were left out of this copy.' : 'No samples were stored with this study.',
          )
        : html`<p>The same X-rays, side by side, at the size and in the colours that each arm's network is given.</p>
<div class="samples" style="--arms: ${samples[0]!.images.length}; --together: ${Math.min(together, samples[0]!.images.length)}">${samples.map(
            (sample) => html`<figure class="sample">
<div class="pictures">${sample.images.map(
              (image) =>
                html`<div><img src="${embeddedPicture(image.dataUri, `The sample of ${sample.record} for arm ${image.arm}`)}" alt="${sample.label} X-ray as ${image.arm}"><span>${image.arm}</span></div>\n`,
            )}</div>
<figcaption><strong>${sample.label}</strong> ${recordName(sample.record, 'test')}</figcaption>
</figure>\n`,
          )}</div>`,
  };
}
