import { createContext, type ReactNode, useContext, useId } from 'react';
import { linear, type Scale, ticks } from './scale.js';
import { useWidth } from './use-width.js';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly label: string;
  /** Default: up to three digits. */
  readonly format?: (value: number) => string;
  readonly ticks?: readonly number[];
}

export interface PlotProps {
  readonly title: string;
  /** What the plot is and shows, in a sentence or more, for somebody who cannot see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  /** In pixels. Default: `width` times 0.5, 160 to 340. */
  readonly height?: (width: number) => number;
  readonly children: ReactNode;
}

const margin = { top: 12, right: 14, bottom: 40, left: 52 };
const usualHeight = (width: number): number => Math.min(340, Math.max(190, width * 0.5));
const usualFormat = (value: number): string => String(Number(value.toPrecision(3)));

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

const ScalesContext = createContext<Scales | undefined>(undefined);

/** The scales of the plot around. */
export function useScales(): Scales {
  return useContext(ScalesContext)!;
}

/** Axes and grid as wide as there is room; marks inside draw with {@link useScales}. */
export function Plot({ title, description, x, y, height: heightOf = usualHeight, children }: PlotProps) {
  const [element, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const height = heightOf(width);
  const scales = {
    x: linear(x.domain, [margin.left, width - margin.right]),
    y: linear(y.domain, [height - margin.bottom, margin.top]),
  };
  const [bottom, top] = scales.y.range;
  const [left, right] = scales.x.range;
  return (
    <div ref={element} className="plot">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-labelledby={`${id}-title ${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        <g className="grid">
          {(y.ticks ?? ticks(y.domain, height / 45)).map((tick) => (
            <g key={tick}>
              <line x1={left} x2={right} y1={scales.y(tick)} y2={scales.y(tick)} />
              <text x={left - 8} y={scales.y(tick)} dy="0.32em" textAnchor="end">
                {(y.format ?? usualFormat)(tick)}
              </text>
            </g>
          ))}
          {(x.ticks ?? ticks(x.domain, width / 90)).map((tick) => (
            <g key={tick}>
              <line x1={scales.x(tick)} x2={scales.x(tick)} y1={bottom} y2={top} />
              <text x={scales.x(tick)} y={bottom + 17} textAnchor="middle">
                {(x.format ?? usualFormat)(tick)}
              </text>
            </g>
          ))}
          <text x={(left + right) / 2} y={height - 5} textAnchor="middle">
            {x.label}
          </text>
          <text transform={`translate(12,${(top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
            {y.label}
          </text>
        </g>
        <ScalesContext value={scales}>{children}</ScalesContext>
      </svg>
    </div>
  );
}
