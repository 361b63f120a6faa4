import type { Case } from '../../../../src/results/cases.js';

const [right, top] = [384, 18];
/** Longest name that stands beside its dots; with a longer one all names stand above theirs, where none is cut. */
const beside = 13;
/** The widest letter, in units of the drawing. */
const letter = 7.8;

/** What every arm and seed says of a case: a dot each, filled where it is right; a tick is the seed's threshold. */
export function DotChart({ one }: { readonly one: Case }) {
  const several = one.arms.some(({ called }) => called !== undefined);
  const longest = Math.max(...one.arms.map(({ arm }) => arm.length));
  const isLong = longest > beside;
  const [left, row] = isLong ? [16, 42] : [Math.max(96, Math.ceil(longest * letter) + 14), 26];
  const at = (probability: number): number => left + probability * (right - left);
  const height = top + one.arms.length * row + 20;
  const seeds = one.arms.reduce((sum, { ofSeeds }) => sum + ofSeeds.length, 0);
  const right1 = one.arms.reduce((sum, { ofSeeds }) => sum + ofSeeds.filter((seed) => seed.right).length, 0);
  return (
    <figure className="dot-chart">
      <svg
        viewBox={`0 0 400 ${height}`}
        role="img"
        aria-label={`Probabilities of ${seeds} networks; ${right1} are right. The table below has the numbers.`}
      >
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line className="grid" x1={at(share)} x2={at(share)} y1={top - 8} y2={height - 18} />
            <text x={at(share)} y={height - 4} textAnchor="middle">
              {share}
            </text>
          </g>
        ))}
        {one.arms.map(({ arm, ofSeeds }, i) => {
          const y = top + i * row + (isLong ? 24 : 6);
          return (
            <g key={arm}>
              <text x={isLong ? 4 : left - 10} y={isLong ? y - 13 : y + 4} textAnchor={isLong ? 'start' : 'end'}>
                {arm}
              </text>
              {ofSeeds.map(({ seed, probability, threshold, right: isRight }) => (
                <g key={seed}>
                  {threshold !== null && (
                    <line className="tick" x1={at(threshold)} x2={at(threshold)} y1={y - 8} y2={y + 8} />
                  )}
                  <circle className={isRight ? 'dot right' : 'dot'} cx={at(probability)} cy={y} r={4.5}>
                    <title>{`${arm}, seed ${seed}: ${probability.toFixed(4)}, ${isRight ? 'right' : 'wrong'}`}</title>
                  </circle>
                </g>
              ))}
            </g>
          );
        })}
      </svg>
      <figcaption className="small">
        {several
          ? `Probability of ${one.label}, a dot a seed: filled where this is the most probable class.`
          : "Probability of the positive class, a dot a seed: filled where it is right. Ticks are the seeds' thresholds."}
      </figcaption>
      <details>
        <summary>Numbers</summary>
        <table>
          <thead>
            <tr>
              <th>Arm</th>
              <th className="number">Seed</th>
              <th className="number">Probability</th>
              {several ? <th>Called</th> : <th className="number">Threshold</th>}
              <th>Decided</th>
            </tr>
          </thead>
          <tbody>
            {one.arms.flatMap(({ arm, ofSeeds }) =>
              ofSeeds.map(({ seed, probability, threshold, called, right: isRight }) => (
                <tr key={`${arm} ${seed}`}>
                  <td>{arm}</td>
                  <td className="number">{seed}</td>
                  <td className="number">{probability.toFixed(4)}</td>
                  {several ? <td>{called}</td> : <td className="number">{threshold?.toFixed(4)}</td>}
                  <td>{isRight ? 'rightly' : 'wrongly'}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
