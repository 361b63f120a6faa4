import type { ArmLook } from './arm-look.js';
import { useScales } from './plot.js';
import type { Scale } from './scale.js';

/** x and y; y is null where nothing was measured, which leaves a gap. */
export type Point = readonly [x: number, y: number | null];

export interface LinesProps {
  /** All of one look: one element draws them, however many they are. */
  readonly lines: readonly (readonly Point[])[];
  readonly look: ArmLook;
  /** `thin` for single networks, `thick` for their mean. */
  readonly weight: 'thin' | 'thick';
  readonly title?: string;
}

/** Lines that look alike. */
export function Lines({ lines, look, weight, title }: LinesProps) {
  const { x, y } = useScales();
  return (
    <path
      className={`line ${weight}`}
      d={lines.map((line) => pathOf(line, x, y)).join('')}
      style={{ stroke: look.colour, strokeDasharray: weight === 'thin' ? 'none' : look.dash }}
    >
      {title !== undefined && <title>{title}</title>}
    </path>
  );
}

/** The path of a line; a single place between gaps is a dot, because the ends of lines are round. */
export function pathOf(line: readonly Point[], x: Scale, y: Scale): string {
  let path = '';
  let drawing = false;
  for (const [px, py] of line) {
    if (py === null || !Number.isFinite(py)) drawing = false;
    else {
      const place = `${x(px).toFixed(1)} ${y(py).toFixed(1)}`;
      path += drawing ? `L${place}` : `M${place}L${place}`;
      drawing = true;
    }
  }
  return path;
}

/** A place that stands out. */
export function Dot({
  at: [px, py],
  look,
  title,
}: {
  readonly at: Point;
  readonly look: ArmLook;
  readonly title: string;
}) {
  const { x, y } = useScales();
  if (py === null) return null;
  return (
    <circle className="dot" cx={x(px)} cy={y(py)} r={5} style={{ fill: look.colour }}>
      <title>{title}</title>
    </circle>
  );
}

/** A straight line between two places, to compare with. */
export function Reference({
  from,
  to,
}: {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}) {
  const { x, y } = useScales();
  return <line className="reference" x1={x(from[0])} y1={y(from[1])} x2={x(to[0])} y2={y(to[1])} />;
}

/** Which look is whose. */
export function Legend({ looks }: { readonly looks: ReadonlyMap<string, ArmLook> }) {
  return (
    <ul className="legend">
      {[...looks].map(([name, { colour, dash }]) => (
        <li key={name}>
          <svg width="34" height="10" aria-hidden="true">
            <line
              x1="1"
              x2="33"
              y1="5"
              y2="5"
              className="line thick"
              style={{ stroke: colour, strokeDasharray: dash }}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
