import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html } from './html.js';
import { page } from './page.js';

describe('the shell of a page', () => {
  it('forbids everything that is not in the page, and every script', () => {
    const text = page({ title: 'A & B', body: html`<p>${'<script>'}</p>` });
    expect(text).toContain(`content="default-src &#39;none&#39;; img-src data:;`);
    expect(text).not.toContain('script-src');
    expect(text).toContain('<title>A &amp; B</title>');
    expect(text).toContain('<p>&lt;script&gt;</p>');
  });

  it('allows its own script alone, by its hash', () => {
    const script = 'document.title = "x < y";';
    const text = page({ title: 't', body: html`<p>x</p>`, script });
    const written = /<script>([\s\S]*)<\/script>/.exec(text)![1]!;
    expect(written).toBe(script);
    expect(text).toContain(`sha256-${createHash('sha256').update(written).digest('base64')}`);
  });
});
