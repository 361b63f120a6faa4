/**
 * How lines and areas look. Colours are those of Okabe & Ito, which colour-blind readers tell apart; each
 * also differs in lightness, dash or marker, so that a gray print reads the same.
 */
export const ink = {
  text: '#1c2329',
  quiet: '#56616b',
  grid: '#dde2e7',
  frame: '#8a949e',
  band: '#e4e8ec',
  paper: '#ffffff',
  /** The two ends of shades that carry text: both keep it readable. */
  faint: '#f4f7f9',
  sky: '#7fb5d6',
  /** The arm a panel is about; also the validation part. */
  blue: '#0072b2',
  /** The training part. */
  vermilion: '#d55e00',
  /** Vermilion dark enough for small text. */
  vermilionText: '#a84a00',
} as const;

/**
 * Lines of several arms in one figure, the control's apart. Each differs from all others in its dash, so that hue is never
 * needed to tell two arms apart.
 */
export const controlLine = { stroke: ink.text, strokeDasharray: 'none' } as const;
export const armLines = [
  { stroke: ink.blue, strokeDasharray: '9 3' },
  { stroke: ink.vermilion, strokeDasharray: '2 2' },
  { stroke: '#007a59', strokeDasharray: '9 3 2 3' },
  { stroke: '#a5527e', strokeDasharray: '5 5' },
  { stroke: '#8a6d00', strokeDasharray: '12 3 2 3 2 3' },
  { stroke: '#4a5fa5', strokeDasharray: '1 4' },
  { stroke: '#7a4a2b', strokeDasharray: '14 6' },
] as const;

/** Dash of everything that is not the panel's main line: the training part, the control. */
export const dashed = '5 3';

/** Keeps words readable where a line of the grid crosses them. */
export const halo = { fill: ink.text, stroke: ink.paper, strokeWidth: 4 } as const;

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Pixels; a panel is drawn at about its natural size on a phone. */
export const fontSize = 13;

/** Width of one panel in pixels. */
export const panelWidth = 300;
