import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseStudyFile } from '@chromaray/study';
import { describe, expect, it } from 'vitest';
import { blocksOf, pages, readPage } from './pages.test-support.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The name GitHub gives a heading's place. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

describe.each(pages)('%s', (page) => {
  it('links to pages and headings that are there', () => {
    for (const [, target] of readPage(page).matchAll(/(?<!!)\[[^\]]*\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const [file, heading] = target!.split('#');
      const linked = file === '' ? page : path.posix.join(path.posix.dirname(page), file!);
      expect(existsSync(path.join(root, linked)), `${page} links to ${target}`).toBe(true);
      if (heading === undefined) continue;
      const anchors = [...readPage(linked).matchAll(/^#+ (.*)$/gm)].map(([, text]) => anchor(text!));
      expect(anchors, `${page} links to ${target}`).toContain(heading);
    }
  });

  it('shows study files that parse', () => {
    for (const { language, text } of blocksOf(page)) {
      if (language === 'yaml' && /^name: /m.test(text))
        expect(parseStudyFile(text, page).arms.length).toBeGreaterThan(1);
    }
  });
});
