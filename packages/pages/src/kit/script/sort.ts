/**
 * Tables that sort by a click on a heading: numbers by value, a dash last, and back to the order of the page with the third
 * click. A heading is a button, so that a keyboard reaches it, and says its state to a screen reader.
 */
export const sortScript = String.raw`
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  if (original.length < 3) continue;
  const value = (row, at) => {
    const cell = row.cells[at];
    const given = cell.dataset.value;
    const text = given === undefined ? cell.textContent : given;
    if (!cell.classList.contains('number') && given === undefined) return text.trim().toLowerCase();
    const found = /[-\u2212+]?\d[\d,]*(\.\d+)?(e-?\d+)?/.exec(text);
    return found === null ? NaN : Number(found[0].replace(/,/g, '').replace('\u2212', '-'));
  };
  [...table.tHead.rows[0].cells].forEach((head, at, heads) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const next = { undefined: 'ascending', ascending: 'descending' }[head.getAttribute('aria-sort') ?? undefined];
      for (const other of heads) other.removeAttribute('aria-sort');
      if (next !== undefined) head.setAttribute('aria-sort', next);
      const way = next === 'descending' ? -1 : 1;
      const missing = (one) => one === '' || Number.isNaN(one);
      const rows = next === undefined ? original : [...original].sort((a, b) => {
        const [left, right] = [value(a, at), value(b, at)];
        if (missing(left) || missing(right)) return missing(left) - missing(right);
        return way * (typeof left === 'string' ? left.localeCompare(right, 'en', { numeric: true }) : left - right);
      });
      body.append(...rows);
    });
  });
}
`;
