import type { StudySummary } from '../../../../src/studies/study-state.js';
import type { TrialRow } from '../../../../src/studies/trial-schema.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { DropFile } from '../../viewing/drop-file.js';

/** Which trial's model; empty words where nothing is chosen. */
export interface ChosenModel {
  readonly study: string;
  readonly arm: string;
  readonly seed: string;
}

interface ChooseModelProps {
  readonly chosen: ChosenModel;
  readonly onChange: (chosen: ChosenModel) => void;
  readonly onFile: (file: File) => void;
}

/** A saved model of a study, or a file of one. */
export function ChooseModel({ chosen, onChange, onFile }: ChooseModelProps) {
  const studies = useAsked<readonly StudySummary[]>('/studies');
  const { study, arm, seed } = chosen;
  const trials = useAsked<readonly TrialRow[]>(
    study === '' ? undefined : `/studies/${encodeURIComponent(study)}/trials`,
  );
  const done = (study === '' ? [] : (trials.answer ?? [])).filter(
    ({ status, split }) => status === 'done' && split === 1,
  );
  const arms = [...new Set(done.map((trial) => trial.arm))];
  const seeds = done.filter((trial) => trial.arm === arm).map((trial) => String(trial.seed));
  const fault = studies.fault ?? trials.fault;
  return (
    <fieldset className="choice">
      <legend>The model</legend>
      <div className="row">
        <Choice
          label="Study"
          value={study}
          values={studies.answer?.map(({ name }) => name) ?? []}
          onChoose={(name) => onChange({ study: name, arm: '', seed: '' })}
        />
        <Choice
          label="Arm"
          value={arm}
          values={arms}
          onChoose={(name) => {
            const first = done.find((trial) => trial.arm === name);
            onChange({ study, arm: name, seed: first === undefined ? '' : String(first.seed) });
          }}
        />
        <Choice label="Seed" value={seed} values={seeds} onChoose={(one) => onChange({ study, arm, seed: one })} />
      </div>
      <DropFile what="a model that a study saved (.onnx)" accept=".onnx" onFile={onFile} />
      {fault && <Failure error={fault} />}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, values, onChoose }: ChoiceProps) {
  // What an address names stays chosen while the list is on its way.
  const shown = value === '' || values.includes(value) ? values : [value, ...values];
  return (
    <label>
      {label}{' '}
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">choose …</option>
        {shown.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
