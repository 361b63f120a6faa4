/**
 * A slider over decision thresholds: sensitivity, specificity and the four counts of every arm at one probability, from the
 * numbers of records at each step that the page holds. It begins at the networks' own thresholds.
 */
export const thresholdScript = String.raw`
for (const box of document.querySelectorAll('[data-thresholds]')) {
  const { steps, arms } = JSON.parse(box.dataset.thresholds);
  const range = box.querySelector('input');
  const said = box.querySelector('output');
  const own = box.querySelector('button');
  const rows = [...box.querySelectorAll('tbody tr')];
  const percent = (share) => (100 * share).toFixed(1) + '\u00a0%';
  const atLeast = (pairs, step) => {
    let sum = 0;
    for (let i = 0; i < pairs.length; i += 2) if (pairs[i] >= step) sum += pairs[i + 1];
    return sum;
  };
  const show = (step) => {
    said.textContent = step === null ? 'each network\u2019s own threshold' : (step / steps).toFixed(3);
    arms.forEach((trials, at) => {
      const mean = (of) => trials.reduce((sum, trial) => sum + of(trial), 0) / trials.length;
      const found = mean((trial) => step === null ? trial.own[0] : atLeast(trial.positives, step));
      const alarms = mean((trial) => step === null ? trial.own[1] : atLeast(trial.negatives, step));
      const positives = mean((trial) => atLeast(trial.positives, 0));
      const negatives = mean((trial) => atLeast(trial.negatives, 0));
      const [hit, alarm] = [Math.round(found), Math.round(alarms)];
      const cells = [percent(found / positives), percent(1 - alarms / negatives), hit, positives - hit, alarm, negatives - alarm];
      cells.forEach((text, i) => { rows[at].cells[i + 1].textContent = text; });
    });
  };
  range.addEventListener('input', () => show(Number(range.value)));
  own.addEventListener('click', () => show(null));
  show(null);
  box.hidden = false;
}
`;
