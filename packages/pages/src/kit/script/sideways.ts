/** The words over a wide table that it scrolls sideways stand only where it does. */
export const sidewaysScript = `
{
  const look = () => {
    for (const note of document.querySelectorAll('.sideways')) {
      const box = note.parentNode.querySelector('.scroll');
      note.hidden = box.clientWidth > 0 && box.scrollWidth <= box.clientWidth;
    }
  };
  addEventListener('resize', look);
  document.addEventListener('toggle', look, true);
  look();
}
`;
