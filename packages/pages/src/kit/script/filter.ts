/** The list of cases narrowed to a kind of answer and to words; how many are left is said. */
export const filterScript = `
for (const box of document.querySelectorAll('[data-filter]')) {
  const rows = [...document.querySelectorAll('[aria-labelledby="' + box.dataset.filter + '"] tbody tr')];
  const [kind, words, said] = ['select', 'input', 'output'].map((tag) => box.querySelector(tag));
  const narrow = () => {
    const wanted = words.value.trim().toLowerCase();
    let left = 0;
    for (const row of rows) {
      const fits = (kind.value === '' || (row.dataset.kinds ?? '').split(' ').includes(kind.value))
        && row.textContent.toLowerCase().includes(wanted);
      row.hidden = !fits;
      if (fits) left += 1;
    }
    said.textContent = left + ' of ' + rows.length + ' shown';
  };
  kind.addEventListener('change', narrow);
  words.addEventListener('input', narrow);
  narrow();
  box.hidden = false;
}
`;
