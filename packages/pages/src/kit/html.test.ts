import { describe, expect, it } from 'vitest';
import { html, joined, trusted } from './html.js';

describe('html', () => {
  it('makes text of whatever is put in', () => {
    const name = `<script>"a" & 'b'</script>`;
    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
      '<p title="&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;">&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</p>',
    );
  });

  it('keeps markup that it made itself or that was declared as such', () => {
    expect(html`<div>${html`<b>${'&'}</b>`}${trusted('<svg/>')}</div>`.toString()).toBe(
      '<div><b>&amp;</b><svg/></div>',
    );
  });

  it('sets lists one after the other and leaves nothing for null', () => {
    expect(html`${['a', 1, null, html`<i></i>`]}`.toString()).toBe('a1<i></i>');
    expect(html`${joined(['a', 'b', 'c'], ', ')}`.toString()).toBe('a, b, c');
  });
});
