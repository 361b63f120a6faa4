import { differenceInterval, signed } from '@chromaray/base/browser';
import { useId } from 'react';
import { extent, linear, ticks } from '../../kit/plot/scale.js';
import { useWidth } from '../../kit/plot/use-width.js';
import type { Compared } from './compare.js';

const rowHeight = 30;

/** Each arm's difference from its own control with its interval, study below study, over each study's own margin. */
export function Forests({ compared }: { readonly compared: readonly Compared[] }) {
  const [element, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const rows = compared.flatMap(({ study, verdict }) =>
    verdict.comparisons.map((one) => ({ study, margin: verdict.endpoint.margin, ...one })),
  );
  const names = Math.min(width * 0.45, 260);
  const height = rows.length * rowHeight + 50;
  const domain = extent(
    rows.flatMap(({ interval: ends, margin }) => [...ends, -margin, margin]),
    [-0.1, 0.1],
  );
  const x = linear(domain, [names + 10, width - 14]);
  const middle = (i: number): number => 10 + (i + 0.5) * rowHeight;
  return (
    <div ref={element} className="plot">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-labelledby={`${id}-t ${id}-d`}
      >
        <title id={`${id}-t`}>Differences of all studies</title>
        <desc id={`${id}-d`}>
          {rows
            .map(
              (one) =>
                `${one.study}, ${one.arm}: ${signed(one.difference)} (${differenceInterval(one.interval, one.margin)})`,
            )
            .join('. ')}
        </desc>
        {rows.map(({ study, arm, margin, interval: [low, high], difference }, i) => (
          <g key={`${study} ${arm}`}>
            <rect
              className="band"
              x={x(-margin)}
              width={x(margin) - x(-margin)}
              y={middle(i) - rowHeight / 2 + 2}
              height={rowHeight - 4}
            />
            <text x={0} y={middle(i)} dy="0.32em">
              {shortened(`${study}: ${arm}`, names / 7)}
            </text>
            <line className="whisker" x1={x(low)} x2={x(high)} y1={middle(i)} y2={middle(i)} />
            <circle className="dot whose" cx={x(difference)} cy={middle(i)} r={5} />
          </g>
        ))}
        <g className="grid">
          <line x1={x(0)} x2={x(0)} y1={10} y2={height - 40} />
          {ticks(domain, width / 130).map((tick) => (
            <text key={tick} x={x(tick)} y={height - 22} textAnchor="middle">
              {signed(tick)}
            </text>
          ))}
          <text x={x(domain[0])} y={height - 5}>
            ← worse than the control
          </text>
          <text x={x(domain[1])} y={height - 5} textAnchor="end">
            better →
          </text>
        </g>
      </svg>
    </div>
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
