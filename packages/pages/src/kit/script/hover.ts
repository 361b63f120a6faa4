/**
 * Values of points in figures, shown at once beside the pointer and after a touch. Without script a browser shows the same
 * words, from the point's own title, after a moment.
 */
export const hoverScript = `
{
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('aria-hidden', 'true');
  tip.hidden = true;
  document.body.append(tip);
  for (const svg of document.querySelectorAll('figure svg')) {
    const words = [...svg.children].filter((child) => /^(title|desc)$/.test(child.tagName));
    svg.setAttribute('aria-label', words.map((child) => child.textContent).join('. '));
    svg.removeAttribute('aria-labelledby');
    for (const child of words) child.remove();
    for (const title of svg.querySelectorAll('title')) {
      title.parentNode.dataset.tip = title.textContent;
      title.remove();
    }
  }
  const show = (event) => {
    const point = event.target instanceof Element ? event.target.closest('[data-tip]') : null;
    tip.hidden = point === null;
    if (point === null) return;
    tip.textContent = point.dataset.tip;
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = scrollX + Math.max(8, Math.min(room, event.clientX + 12)) + 'px';
    tip.style.top = scrollY + Math.max(8, event.clientY - tip.offsetHeight - 12) + 'px';
  };
  document.addEventListener('pointerover', show);
  document.addEventListener('pointerdown', show);
}
`;
