import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { buildReport } from './build-report.js';
import { reportFiles } from './files/report-files.js';
import { completeInput } from './sample-behaviour.test-support.js';
import { withoutPictures } from './without-pictures.js';

const input = completeInput({ seeds: [1], epochs: 2, arms: { gray: 2.4, turbo: 2.3 } });

it('a report without pictures holds no X-ray in any of its files, and says so first', () => {
  const files = reportFiles(withoutPictures(input));
  for (const { path, text } of files) {
    expect(text, path).not.toContain('data:image');
    if (path.endsWith('.html')) expect(parseHTML(text).document.querySelectorAll('img').length, path).toBe(0);
  }
  const page = files.find(({ path }) => path === 'report.html')!.text;
  expect(page.slice(0, page.indexOf('</header>'))).toContain('X-rays were left out of this copy');
  expect(page).not.toContain('No samples were stored');
});

it('a report with pictures says nothing of that, and keeps them out of the summary', () => {
  expect(buildReport(input)).not.toContain('left out of this copy');
  const summary = reportFiles(input).find(({ path }) => path === 'summary.html')!.text;
  expect(summary).not.toContain('<img');
});
