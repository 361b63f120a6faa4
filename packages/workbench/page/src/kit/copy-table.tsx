import { useState } from 'react';
import { csvOf, type Rows } from './figure/csv.js';

/** Copies a table as CSV. */
export function CopyTable(rows: Rows) {
  const [said, setSaid] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(csvOf(rows)).then(
      () => setSaid('Copied.'),
      () => setSaid('The browser does not let the page copy.'),
    );
  };
  return (
    <span>
      <button type="button" onClick={copy}>
        Copy as CSV
      </button>{' '}
      <span role="status" className="small faint">
        {said}
      </span>
    </span>
  );
}
