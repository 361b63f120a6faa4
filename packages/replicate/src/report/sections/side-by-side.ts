import { absent, html, type ReportSample, type Section } from '@chromaray/pages';

/** Some of the copied X-rays, each beside what the network was shown of it. */
export function sideBySideSection(samples: readonly ReportSample[]): Section {
  return {
    id: 'samples',
    title: 'What was copied?',
    short: 'Side by side',
    body:
      samples.length === 0
        ? absent('No copied X-ray is in the test part.')
        : html`<p>Some of the X-rays behind the colour set, as they are and as the network was shown every one of their copies.</p>
${samples.map(
  ({ record, label, images }) => html`<figure class="sample">
<div class="pictures two">${images.map(
    ({ arm, dataUri }) => html`<div><img src="${dataUri}" alt="${label} X-ray, ${arm}"><span>${arm}</span></div>\n`,
  )}</div>
<figcaption><strong>${label}</strong> <span class="file">${record}</span></figcaption>
</figure>\n`,
)}`,
  };
}
