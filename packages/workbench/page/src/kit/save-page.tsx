import { useState } from 'react';
import { download } from './figure/save.js';

/** Saves the page that is seen as a file that needs no server. */
export function SavePage() {
  const [said, setSaid] = useState('');
  const save = async (pictures: boolean): Promise<void> => {
    const { savedPage } = await import('./save-page/saved-page.js');
    const name = `${document.title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^-|-$/g, '')}.html`;
    download(new Blob([await savedPage(document, { pictures })], { type: 'text/html' }), name);
    setSaid(`Saved as ${name}.`);
  };
  return (
    <details className="only-live save-page">
      <summary>Save page</summary>
      <div>
        <button type="button" onClick={() => void save(true)}>
          With its pictures
        </button>
        <button type="button" onClick={() => void save(false)}>
          Without X-rays and pictures
        </button>
        <span role="status" className="small">
          {said}
        </span>
      </div>
    </details>
  );
}
