import { counted } from '@chromaray/base/browser';
import { useEffect, useId, useState } from 'react';
import { flow, type Path, parsedFlow, valueAt } from './edit-yaml.js';
import type { Problem } from './editor.js';
import { ownProblems, problemsIn } from './problems-at.js';
import { fieldKind, newItem, type SchemaNode, withoutNull } from './schema-node.js';

export interface FieldProps {
  readonly node: SchemaNode;
  readonly path: Path;
  /** The values of the whole file. */
  readonly values: unknown;
  /** All that is wrong in the file. */
  readonly problems: readonly Problem[];
  /** undefined: back to the default. */
  readonly set: (path: Path, value: unknown) => void;
  readonly required?: boolean;
}

/** Whatever a key of a study file takes, as the schema says; with what it means, and what is wrong with it. */
export function Field(props: FieldProps) {
  const field = fieldKind(props.node);
  if (field.kind === 'section') return <Section {...props} properties={field.properties} />;
  if (field.kind === 'list') return <List {...props} item={field.item} />;
  return <Single {...props} />;
}

function Section({
  node,
  path,
  values,
  problems,
  set,
  properties,
}: FieldProps & { readonly properties: Readonly<Record<string, SchemaNode>> }) {
  const name = String(path.at(-1) ?? '');
  const needed = withoutNull(node).node.required;
  const own = ownProblems(problems, path, Object.keys(properties));
  const value = valueAt(values, path);
  const body = (
    <>
      <Wrong problems={own} />
      {Object.entries(properties).map(([key, child]) => (
        <Field
          key={key}
          node={child}
          path={[...path, key]}
          {...{ values, problems, set }}
          required={needed?.includes(key) ?? false}
        />
      ))}
    </>
  );
  if (path.length === 0 || typeof path.at(-1) === 'number') return <div className="fields">{body}</div>;
  const isUsed = value !== undefined;
  const wrong = problemsIn(problems, path).length;
  const takenAway = node.default === undefined && withoutNull(node).isNullable;
  return (
    <details className="section" open={wrong > 0 || (path.length === 1 && isUsed)}>
      <summary>
        {name}
        {!isUsed && <span className="faint small"> ({isOverride(path) ? 'as the study' : 'defaults'})</span>}
        {value === null && <span className="faint small"> (taken away)</span>}
        {wrong > 0 && <span className="bad small"> {counted(wrong, 'problem')}</span>}
      </summary>
      {node.description !== undefined && <p className="faint small">{node.description}</p>}
      {takenAway && (
        <label className="small">
          <input
            type="checkbox"
            checked={value === null}
            onChange={({ target }) => set(path, target.checked ? null : undefined)}
          />{' '}
          Take away what the study has
        </label>
      )}
      {value !== null && <div className="fields">{body}</div>}
    </details>
  );
}

/** An arm names only what it has in place of the study's. */
const isOverride = (path: Path): boolean => path[0] === 'arms' && path.length > 2;

function List({ node, path, values, problems, set, item }: FieldProps & { readonly item: SchemaNode }) {
  const list = valueAt(values, path);
  const items = Array.isArray(list) ? (list as unknown[]) : [];
  const name = String(path.at(-1));
  return (
    <details className="section" open>
      <summary>{name}</summary>
      {node.description !== undefined && <p className="faint small">{node.description}</p>}
      <Wrong problems={ownProblems(problems, path, [...items.keys()])} />
      {items.map((_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item's place in the file is what it is edited by
        <fieldset key={i}>
          <legend>
            {name} {i + 1}
          </legend>
          <Field node={item} path={[...path, i]} {...{ values, problems, set }} />
          <button
            type="button"
            onClick={() =>
              set(
                path,
                items.filter((__, other) => other !== i),
              )
            }
          >
            Remove {name} {i + 1}
          </button>
        </fieldset>
      ))}
      <button type="button" onClick={() => set([...path, items.length], newItem(item, items.length + 1))}>
        Add to {name}
      </button>
    </details>
  );
}

function Single({ node, path, values, problems, set, required = false }: FieldProps) {
  const id = useId();
  const field = fieldKind(node);
  const value = valueAt(values, path);
  const standing = value === undefined ? '' : typeof value === 'string' ? value : flow(value);
  const otherwise =
    node.default === undefined ? '' : typeof node.default === 'string' ? node.default : flow(node.default);
  const label = String(path.at(-1));
  const wrong = problemsIn(problems, path);
  const describedBy = [
    ...(wrong.length > 0 ? [`${id}-wrong`] : []),
    ...(node.description === undefined ? [] : [`${id}-help`]),
  ].join(' ');
  const shared = {
    ...{ id, 'aria-describedby': describedBy === '' ? undefined : describedBy },
    ...(wrong.length > 0 && { 'aria-invalid': true as const }),
  };
  const choices = field.kind === 'choice' ? field.choices : field.kind === 'switch' ? ['true', 'false'] : undefined;
  const given = (text: string): unknown => {
    if (text === '') return undefined;
    return field.kind === 'switch' || text === 'null' ? parsedFlow(text) : text;
  };
  const isNullable = withoutNull(node).isNullable;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && <span className="faint small"> (needed)</span>}
      </label>
      {field.kind === 'switch' && node.default === false ? (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => set(path, target.checked ? true : undefined)}
        />
      ) : choices !== undefined ? (
        <select {...shared} value={standing} onChange={({ target }) => set(path, given(target.value))}>
          <option value="">{otherwise === '' ? (required ? 'choose' : 'not set') : `${otherwise} (default)`}</option>
          {standing !== '' && standing !== 'null' && !choices.includes(standing) && <option>{standing}</option>}
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
          {isNullable && <option value="null">null: not as the study</option>}
        </select>
      ) : (
        <Typed
          shared={shared}
          standing={standing}
          placeholder={otherwise}
          numeric={field.kind === 'number'}
          choices={field.kind === 'yaml' ? field.choices : []}
          give={(text) =>
            set(
              path,
              text.trim() === '' && !required
                ? undefined
                : isNullable && text.trim() === 'null'
                  ? null
                  : typedValue(text, field.kind),
            )
          }
        />
      )}
      <Wrong id={`${id}-wrong`} problems={wrong} />
      {node.description !== undefined && (
        <span id={`${id}-help`} className="faint small">
          {node.description}
        </span>
      )}
    </div>
  );
}

/** What is wrong, where it is. */
function Wrong({ id, problems }: { readonly id?: string; readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <span id={id} className="bad small">
      {problems.map(({ message }) => message).join('. ')}
    </span>
  );
}

/** What was typed: numbers as such, text as it is. What is neither stays text, and the check says what is wrong with it. */
function typedValue(text: string, kind: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  try {
    return parsedFlow(text);
  } catch {
    return text;
  }
}

interface TypedProps {
  readonly shared: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid'?: true;
  };
  readonly standing: string;
  readonly placeholder: string;
  readonly numeric: boolean;
  readonly choices: readonly string[];
  readonly give: (text: string) => void;
}

/** Given when the reader leaves the field or presses Enter: half a word is no value. */
function Typed({ shared, standing, placeholder, numeric, choices, give }: TypedProps) {
  const [text, setText] = useState(standing);
  useEffect(() => setText(standing), [standing]);
  const leave = (): void => {
    if (text !== standing) give(text);
  };
  return (
    <>
      <input
        {...shared}
        value={text}
        placeholder={placeholder}
        inputMode={numeric ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        list={choices.length > 0 ? `${shared.id}-choices` : undefined}
        onChange={({ target }) => setText(target.value)}
        onBlur={leave}
        onKeyDown={({ key }) => key === 'Enter' && leave()}
      />
      {choices.length > 0 && (
        <datalist id={`${shared.id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </>
  );
}
