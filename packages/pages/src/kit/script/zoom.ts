/** Pictures and figures that open over the whole window by a click or a key, and close with Escape. */
export const zoomScript = `
{
  const dialog = document.createElement('dialog');
  dialog.className = 'zoomed';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  const open = (what, words) => {
    const shown = what.cloneNode(true);
    for (const element of [shown, ...shown.querySelectorAll('[id]')]) element.removeAttribute('id');
    const caption = document.createElement('p');
    caption.textContent = words;
    dialog.setAttribute('aria-label', words);
    dialog.replaceChildren(close, shown, caption);
    dialog.showModal();
  };
  for (const picture of document.querySelectorAll('.pictures img')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'zoom';
    picture.replaceWith(button);
    button.append(picture);
    button.addEventListener('click', () => open(picture, picture.alt));
  }
  for (const svg of document.querySelectorAll('.panel > svg, .strip > svg, .forest > div > svg')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'enlarge';
    button.textContent = 'Enlarge';
    const words = (svg.getAttribute('aria-label') ?? '').split('. ')[0];
    button.setAttribute('aria-label', 'Enlarge: ' + words);
    button.addEventListener('click', () => open(svg, words));
    svg.after(button);
  }
}
`;
