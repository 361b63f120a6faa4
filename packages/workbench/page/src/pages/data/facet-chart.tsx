interface FacetChartProps {
  readonly name: string;
  /** Records of each value; '' for those that do not say. */
  readonly counts: Readonly<Record<string, number>>;
  readonly chosen: string | undefined;
  /** undefined: none. */
  readonly onChoose: (value: string | undefined) => void;
}

/** Values drawn; the rest is found by the other filters. */
const most = 12;

/** How many pictures have each value, as bars; a click on one shows only those. */
export function FacetChart({ name, counts, chosen, onChoose }: FacetChartProps) {
  const values = Object.entries(counts).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  // A facet of which no record says anything is none.
  if (chosen === undefined && values.every(([value]) => value === '')) return null;
  const largest = Math.max(...values.map(([, count]) => count), 1);
  const shown = values.filter(([value], i) => i < most || value === chosen);
  if (chosen !== undefined && !Object.hasOwn(counts, chosen)) shown.push([chosen, 0]);
  return (
    <fieldset className="facet">
      <legend>{name}</legend>
      {shown.map(([value, count]) => (
        <button
          key={value}
          type="button"
          className="facet-bar"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value === chosen ? undefined : value)}
        >
          <span className="facet-fill" style={{ width: `${(100 * count) / largest}%` }} />
          <bdi className="facet-value">{value === '' ? 'not stated' : value}</bdi>
          <span className="facet-count">{count.toLocaleString('en')}</span>
        </button>
      ))}
      {values.length > shown.length && <p className="small faint">and {values.length - shown.length} more</p>}
    </fieldset>
  );
}
