import { useEffect, useId, useState } from 'react';
import { flow, type Path, parsedFlow, valueAt } from './edit-yaml.js';
import { fieldKind, newItem, type SchemaNode } from './schema-node.js';

export interface FieldProps {
  readonly node: SchemaNode;
  readonly path: Path;
  /** The values of the whole file. */
  readonly values: unknown;
  /** undefined: back to the default. */
  readonly set: (path: Path, value: unknown) => void;
  /** Lines that are wrong, by path of the key: `training.batch`. */
  readonly required?: boolean;
}

/** Whatever a key of a study file takes, as the schema says. */
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
  set,
  properties,
}: FieldProps & { readonly properties: Readonly<Record<string, SchemaNode>> }) {
  const name = String(path.at(-1) ?? '');
  const body = Object.entries(properties).map(([key, child]) => (
    <Field
      key={key}
      node={child}
      path={[...path, key]}
      values={values}
      set={set}
      required={node.required?.includes(key) ?? false}
    />
  ));
  if (path.length === 0 || typeof path.at(-1) === 'number') return <div className="fields">{body}</div>;
  const isUsed = valueAt(values, path) !== undefined;
  return (
    <details className="section" open={path.length === 1 && isUsed}>
      <summary>
        {name}
        {!isUsed && <span className="faint small"> (defaults)</span>}
      </summary>
      <div className="fields">{body}</div>
    </details>
  );
}

function List({ path, values, set, item }: FieldProps & { readonly item: SchemaNode }) {
  const list = valueAt(values, path);
  const items = Array.isArray(list) ? (list as unknown[]) : [];
  const name = String(path.at(-1));
  return (
    <details className="section" open>
      <summary>{name}</summary>
      {items.map((_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item's place in the file is what it is edited by
        <fieldset key={i}>
          <legend>
            {name} {i + 1}
          </legend>
          <Field node={item} path={[...path, i]} values={values} set={set} />
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

function Single({ node, path, values, set, required = false }: FieldProps) {
  const id = useId();
  const field = fieldKind(node);
  const value = valueAt(values, path);
  const standing = value === undefined ? '' : typeof value === 'string' ? value : flow(value);
  const otherwise =
    node.default === undefined ? '' : typeof node.default === 'string' ? node.default : flow(node.default);
  const label = String(path.at(-1));
  const describedBy = node.description === undefined ? undefined : `${id}-help`;
  const shared = { id, 'aria-describedby': describedBy };
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && <span className="faint small"> (needed)</span>}
      </label>
      {field.kind === 'choice' ? (
        <select
          {...shared}
          value={standing}
          onChange={({ target }) => set(path, target.value === '' ? undefined : target.value)}
        >
          <option value="">{otherwise === '' ? (required ? 'choose' : 'not set') : `${otherwise} (default)`}</option>
          {standing !== '' && !field.choices.includes(standing) && <option>{standing}</option>}
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : field.kind === 'switch' ? (
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => set(path, target.checked ? true : undefined)}
        />
      ) : (
        <Typed
          shared={shared}
          standing={standing}
          placeholder={otherwise}
          numeric={field.kind === 'number'}
          choices={field.kind === 'yaml' ? field.choices : []}
          give={(text) => set(path, text.trim() === '' && !required ? undefined : typedValue(text, field.kind))}
        />
      )}
      {node.description !== undefined && (
        <span id={describedBy} className="faint small">
          {node.description}
        </span>
      )}
    </div>
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
  readonly shared: { readonly id: string; readonly 'aria-describedby': string | undefined };
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
