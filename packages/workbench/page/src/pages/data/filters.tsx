import type { Audit } from '@chromaray/contracts';
import { useEffect, useState } from 'react';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { datasetVersion } from './dataset-version.js';
import { FacetChart } from './facet-chart.js';
import { useQuery } from './query.js';

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How facets are called. */
const facetNames: Readonly<Record<string, string>> = {
  label: 'Class',
  part: 'Part',
  subtype: 'Subtype',
  view: 'View',
  sex: 'Sex',
  age: 'Age',
  device: 'Device',
};

const sortNames: Readonly<Record<string, string>> = {
  id: 'Name',
  label: 'Class',
  patient: 'Patient',
  part: 'Part',
  width: 'Width',
  height: 'Height',
  bytes: 'Size of the file',
};

/** Everything that narrows or sorts the pictures; all of it is in the address. */
export function Filters({ dataset }: { readonly dataset: DatasetState }) {
  const { query, change } = useQuery();
  const { sort, order, ...filter } = query;
  const at = `/datasets/${dataset.id}`;
  const counts = useAsked<Counts>(`${at}/counts`, filter, datasetVersion(dataset, filter));
  const audit = useAsked<Audit>(dataset.audited ? `${at}/audit` : undefined);
  const [wide] = useState(() => matchMedia('(min-width: 800px)').matches);
  const chosen = Object.keys(filter).length;
  return (
    <details className="data-filters" open={wide}>
      <summary>Filter and sort{chosen > 0 && ` (${chosen} chosen)`}</summary>
      {counts.fault && <Failure error={counts.fault} again={counts.again} />}
      <TextFilter name="text" label="Name contains" value={query.text} />
      <TextFilter name="patient" label="Patient" value={query.patient} />
      {audit.answer !== undefined && (
        <label className="data-field">
          Finding of the audit
          <select value={query.finding ?? ''} onChange={({ target }) => change({ finding: target.value || undefined })}>
            <option value="">any</option>
            {audit.answer.findings
              .filter(({ records }) => records.length > 0)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </select>
        </label>
      )}
      <div className="data-sort">
        <label className="data-field">
          Sorted by
          <select value={sort ?? 'id'} onChange={({ target }) => change({ sort: target.value })}>
            {Object.entries(sortNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={order === 'down'}
          onClick={() => change({ order: order === 'down' ? undefined : 'down' })}
        >
          Descending
        </button>
      </div>
      {counts.answer !== undefined &&
        Object.entries(facetNames).map(([facet, name]) => (
          <FacetChart
            key={facet}
            name={name}
            counts={counts.answer![facet] ?? {}}
            chosen={query[facet]}
            onChoose={(value) => change({ [facet]: value })}
          />
        ))}
    </details>
  );
}

interface TextFilterProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
}

/** Milliseconds without a key after which what was typed is looked for. */
const typed = 300;

/** A filter that is typed. The address follows when typing rests, so that the back button has no step for each letter. */
function TextFilter({ name, label, value = '' }: TextFilterProps) {
  const { change } = useQuery();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change({ [name]: text === '' ? undefined : text }), typed);
    return () => clearTimeout(timer);
  }, [text, value, name, change]);
  return (
    <label className="data-field">
      {label}
      <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
    </label>
  );
}
