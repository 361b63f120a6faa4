import { differenceInterval, level, metric, signed } from '@chromaray/base/browser';
import type { StudyVerdict } from '@chromaray/contracts';
import { endpointName, endpointOf } from '@chromaray/contracts/names';
import { useEffect, useState } from 'react';
import type { StudySummary } from '../../../../src/studies/study-state.js';
import { apiAddress, type Fault } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { Figure } from '../../kit/figure/figure.js';
import { WideTable } from '../../kit/wide-table.js';
import { decodedPart, Link, studyAddress, useInAddress } from '../../router.js';
import { differences } from './differences.js';
import { Forests } from './forests.js';

function endpointMean({ arms }: StudyVerdict, name: string): number | null {
  const result = arms.find(({ arm }) => arm === name);
  return result === undefined ? null : endpointOf(result).mean;
}

/** What is compared of a study. */
export interface Compared {
  readonly study: string;
  readonly verdict: StudyVerdict;
  /** The study file as run. */
  readonly file: string;
}

/** Studies that are shown at once. */
const most = 8;

/** Several studies' verdicts side by side. They are never pooled: each answers its own question, on its own X-rays. */
export default function Compare() {
  const studies = useAsked<readonly StudySummary[]>('/studies');
  const [chosen, setChosen] = useInAddress('studies');
  const names = chosen === '' ? [] : chosen.split(',').map(decodedPart);
  const concluded = studies.answer?.filter(({ artefacts }) => artefacts.includes('verdict')) ?? [];
  const toggle = (name: string, on: boolean): void =>
    setChosen(
      (on ? [...names, name] : names.filter((one) => one !== name)).slice(0, most).map(encodeURIComponent).join(','),
    );
  return (
    <>
      <h1>Compare studies</h1>
      {studies.fault && <Failure error={studies.fault} again={studies.again} />}
      {studies.answer && concluded.length < 2 && (
        <p>
          {concluded.length === 0 ? 'No study here has a verdict' : 'One study here has a verdict'}; two are needed to
          compare.
        </p>
      )}
      <fieldset className="filters">
        <legend>Studies with a verdict, up to {most}</legend>
        {concluded.map(({ name }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={names.includes(name)}
              disabled={!names.includes(name) && names.length >= most}
              onChange={({ target }) => toggle(name, target.checked)}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
      {names.length > 0 && <Comparison key={chosen} names={names} />}
    </>
  );
}

function Comparison({ names }: { readonly names: readonly string[] }) {
  const { compared, fault } = useCompared(names);
  if (fault) return <Failure error={fault} />;
  if (compared === undefined) return <p role="status">Reading {names.length} verdicts …</p>;
  return (
    <>
      <p className="warning">
        Side by side, never pooled: each study answers the question that it declared, on its own test part. Studies that
        share X-rays are not independent, and a difference between two verdicts is not a test of it.
      </p>
      <WideTable label="Verdicts">
        <thead>
          <tr>
            <th>Study</th>
            <th>Verdict</th>
            <th>Statement</th>
            <th>Endpoint</th>
            <th>Control</th>
            <th className="number">Test X-rays</th>
            <th>Read with care</th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ study, verdict }) => (
            <tr key={study}>
              <th>
                <Link href={studyAddress(study)}>{study}</Link>
              </th>
              <td>{verdict.verdict}</td>
              <td>{verdict.statement}</td>
              <td>
                {endpointName(verdict.endpoint)}, margin {verdict.endpoint.margin}, alpha {verdict.endpoint.alpha},{' '}
                {verdict.endpoint.correction}
              </td>
              <td>{verdict.arms.find(({ control }) => control)?.arm ?? '–'}</td>
              <td className="number">{verdict.counts.test.records}</td>
              <td>{cares(verdict).join('; ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <h2>Differences from each study’s own control</h2>
      <Figure
        name="compared-differences"
        title="Differences of all studies"
        marks="A dot, the mean difference over seeds; the line, its interval; the shaded band, differences within the study’s margin."
        rows={{
          columns: ['study', 'arm', 'control', 'difference', 'lower', 'upper', 'level', 'verdict'],
          rows: compared.flatMap(({ study, verdict }) =>
            verdict.comparisons.map((one) => [
              ...[study, one.arm, one.control, one.difference, one.interval[0], one.interval[1]],
              ...[one.intervalLevel, one.verdict],
            ]),
          ),
        }}
      >
        <Forests compared={compared} />
      </Figure>
      <WideTable label="Differences">
        <thead>
          <tr>
            <th>Study</th>
            <th>Arm</th>
            <th className="number">Endpoint</th>
            <th className="number">Difference</th>
            <th>Interval</th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {compared.flatMap(({ study, verdict }) =>
            verdict.comparisons.map((one) => (
              <tr key={`${study} ${one.arm}`}>
                <td>{study}</td>
                <td>
                  {one.arm} <span className="faint">against {one.control}</span>
                </td>
                <td className="number">{metric(endpointMean(verdict, one.arm))}</td>
                <td className="number">{signed(one.difference)}</td>
                <td>
                  {differenceInterval(one.interval, verdict.endpoint.margin)}{' '}
                  <span className="faint">({level(one.intervalLevel)})</span>
                </td>
                <td>{one.verdict}</td>
              </tr>
            )),
          )}
        </tbody>
      </WideTable>
      <FileDifferences compared={compared} />
    </>
  );
}

function FileDifferences({ compared }: { readonly compared: readonly Compared[] }) {
  const found = differences(compared.map(({ file }) => file)).filter(({ key }) => key !== 'name');
  return (
    <>
      <h2>What differs between the study files</h2>
      {found.length === 0 ? (
        <p>{compared.length < 2 ? 'Choose another study to compare with.' : 'Nothing but the name.'}</p>
      ) : (
        <WideTable label="What differs between the study files">
          <thead>
            <tr>
              <th>Key</th>
              {compared.map(({ study }) => (
                <th key={study}>{study}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map(({ key, values }) => (
              <tr key={key}>
                <th>
                  <code>{key}</code>
                </th>
                {values.map((value, i) => (
                  <td key={compared[i]!.study}>
                    <code>{value}</code>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}

/** What of a verdict a reader must know before comparing it. */
function cares({ amendedAfterResults = [], risksAccepted, unfinished, arms }: StudyVerdict): readonly string[] {
  const seeds = Math.min(...arms.map((arm) => arm.seeds.length));
  return [
    ...(amendedAfterResults.length > 0 ? ['plan changed after results'] : []),
    ...(risksAccepted.length > 0 ? [`risks accepted: ${risksAccepted.join(', ')}`] : []),
    ...(unfinished.length > 0 ? [`${unfinished.length} trials missing`] : []),
    ...(arms.length > 0 && seeds < 3 ? [`only ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`] : []),
  ];
}

function useCompared(names: readonly string[]): { readonly compared?: readonly Compared[]; readonly fault?: Fault } {
  const [state, setState] = useState<{ compared?: readonly Compared[]; fault?: Fault }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names are the key of what calls this
  useEffect(() => {
    const controller = new AbortController();
    const read = async (address: string): Promise<Response> => {
      const answer = await fetch(address, { signal: controller.signal });
      if (!answer.ok) throw await answer.json();
      return answer;
    };
    Promise.all(
      names.map(async (study): Promise<Compared> => {
        const path = `/studies/${encodeURIComponent(study)}`;
        const verdict = (await (await read(apiAddress(`${path}/artefacts/verdict`))).json()) as StudyVerdict;
        return { study, verdict, file: await (await read(apiAddress(`${path}/file`, { path: 'study.yaml' }))).text() };
      }),
    ).then(
      (compared) => setState({ compared }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ fault: error as Fault });
      },
    );
    return () => controller.abort();
  }, []);
  return state;
}
