import { counted, decimal, metric, percent } from '@chromaray/base/browser';
import { useMemo } from 'react';
import type { Thresholds } from '../../../../src/results/thresholds.js';
import { Figure } from '../../kit/figure/figure.js';
import { armLooks } from '../../kit/plot/arm-look.js';
import { Dot, Legend, Lines, Reference } from '../../kit/plot/marks.js';
import { Plot } from '../../kit/plot/plot.js';
import { useInAddress } from '../../router.js';
import {
  areaUnder,
  falsePositiveRate,
  meanConfusion,
  meanRoc,
  rocOf,
  seedsOf,
  sensitivity,
  stepOf,
} from './threshold.js';

export interface RocProps {
  readonly study: string;
  readonly control: string | undefined;
  readonly thresholds: Thresholds;
}

const rates = [0, 0.25, 0.5, 0.75, 1];

/** ROC curves of all arms, and a threshold that moves what they decide. */
export function Roc({ study, control, thresholds: { trials, steps, positive } }: RocProps) {
  const [given, setGiven] = useInAddress('threshold');
  const chosen = given !== '' && Number(given) >= 0 && Number(given) <= 1 ? Number(given) : null;
  const names = useMemo(() => [...new Set(trials.map(({ arm }) => arm))], [trials]);
  const looks = armLooks(names, control);
  const arms = useMemo(
    () =>
      names.map((arm) => {
        const own = trials.filter((trial) => trial.arm === arm);
        const curves = own.map(rocOf);
        return { arm, own, curves, mean: meanRoc(curves), area: mean(curves.map(areaUnder)) };
      }),
    [names, trials],
  );
  const decided = arms.map((one) => ({
    ...one,
    look: looks.get(one.arm)!,
    at: meanConfusion(one.own, chosen === null ? null : stepOf(chosen, steps))!,
  }));
  const folds = Math.max(...trials.map(({ fold }) => fold));
  const finding = positive ?? 'the positive class';
  return (
    <>
      <Legend looks={looks} />
      <div className="roc">
        <Figure
          name={`${study}-roc`}
          title="ROC curves of all arms"
          caption={`Sensitivity against false positives on the test ${folds > 1 ? `parts of ${folds} folds` : 'part'}.`}
          marks={`Thin, each ${folds > 1 ? 'seed and fold' : 'seed'}; thick, the mean over ${folds > 1 ? 'them' : 'seeds'} at each false positive rate; a dot, the arm at the threshold, ${folds > 1 ? 'all folds together, ' : ''}mean over seeds; dotted, chance.`}
          rows={{
            columns: ['arm', 'seed', ...(folds > 1 ? ['fold'] : []), 'false positive rate', 'sensitivity'],
            rows: arms.flatMap(({ arm, own, curves }) =>
              curves.flatMap((curve, i) =>
                curve.map(([x, y]) => [arm, own[i]!.seed, ...(folds > 1 ? [own[i]!.fold] : []), x, y]),
              ),
            ),
          }}
        >
          <Plot
            title="ROC curves of all arms"
            description={arms.map(({ arm, area }) => `${arm}: area ${metric(area)}`).join(', ')}
            x={{ domain: [0, 1], label: 'False positive rate', ticks: rates }}
            y={{ domain: [0, 1], label: 'Sensitivity', ticks: rates }}
            height={(width) => Math.min(460, width * 0.95)}
          >
            <Reference from={[0, 0]} to={[1, 1]} />
            {decided.map(({ arm, curves, look }) => (
              <Lines key={`${arm} thin`} lines={curves} look={look} weight="thin" />
            ))}
            {decided.map(({ arm, mean: line, look }) => (
              <Lines
                key={`${arm} thick`}
                lines={[line]}
                look={look}
                weight="thick"
                title={`${arm}, mean over ${folds > 1 ? 'seeds and folds' : 'seeds'}`}
              />
            ))}
            {decided.map(({ arm, at, look }) => (
              <Dot
                key={`${arm} dot`}
                at={[falsePositiveRate(at), sensitivity(at)]}
                look={look}
                title={`${arm}: sensitivity ${percent(sensitivity(at))}, false positives ${percent(falsePositiveRate(at))}`}
              />
            ))}
          </Plot>
        </Figure>
        <section aria-label="Decisions at a threshold">
          <p>
            <label htmlFor="threshold">Calls {finding} from a probability of</label>{' '}
            <output htmlFor="threshold">{chosen === null ? 'each network’s own threshold' : decimal(chosen, 3)}</output>
          </p>
          <p className="slider">
            <input
              id="threshold"
              type="range"
              min={0}
              max={1}
              step={1 / steps}
              value={chosen ?? 0.5}
              onChange={({ target }) => setGiven(Number(target.value).toFixed(3))}
            />
            <button type="button" disabled={chosen === null} onClick={() => setGiven('')}>
              Networks’ own
            </button>
          </p>
          {chosen !== null && (
            <p className="warn small">
              A threshold that is chosen here was chosen on the test part: what it gives is too good to be promised for
              other X-rays.
            </p>
          )}
          <div className="confusions">
            {decided.map(({ arm, at, own }) => (
              <table key={arm} className="confusion">
                <caption>
                  {arm}: sensitivity {percent(sensitivity(at))}, specificity {percent(1 - falsePositiveRate(at))}
                </caption>
                <thead>
                  <tr>
                    <th>mean of {counted(seedsOf(own), 'seed')}</th>
                    <th className="number">called {finding}</th>
                    <th className="number">called other</th>
                  </tr>
                </thead>
                <tbody>
                  <tr>
                    <th>{finding}</th>
                    <td className="number">{decimal(at.truePositives, 1)} found</td>
                    <td className="number">{decimal(at.falseNegatives, 1)} missed</td>
                  </tr>
                  <tr>
                    <th>other</th>
                    <td className="number">{decimal(at.falsePositives, 1)} false positives</td>
                    <td className="number">{decimal(at.trueNegatives, 1)} true negatives</td>
                  </tr>
                </tbody>
              </table>
            ))}
          </div>
        </section>
      </div>
    </>
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
