import { useEffect, useState } from 'react';
import { AskError, command, type Fault } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { goTo, studyAddress, useInAddress } from '../../router.js';
import { Begin } from './begin.js';
import { valuesOf, withValue } from './edit-yaml.js';
import { Editor, type Problem } from './editor.js';
import { Field } from './field.js';
import { Plan } from './plan.js';
import type { SchemaNode } from './schema-node.js';
import './study-file.css';

/** A study file as form and as text, which stay in step; then the plan, then training. */
export default function StudyFilePage() {
  const [file] = useInAddress('file');
  return (
    <>
      <h1>{file === '' ? 'New study' : file}</h1>
      {file === '' ? <Begin /> : <Editing key={file} file={file} />}
    </>
  );
}

interface Checked {
  readonly study: { readonly name: string } | null;
  readonly problems: readonly Problem[];
}

/** Milliseconds after the last change until the text is checked. */
const patience = 250;

function Editing({ file }: { readonly file: string }) {
  const stored = useAsked<{ text: string }>('/study-files/text', { file });
  const schema = useAsked<SchemaNode>('/study-files/schema');
  const [text, setText] = useState<string>();
  const [saved, setSaved] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  const [fault, setFault] = useState<Fault>();
  const [isStarting, setStarting] = useState(false);
  useEffect(() => {
    if (stored.answer === undefined) return;
    setText((before) => before ?? stored.answer!.text);
    setSaved((before) => before ?? stored.answer!.text);
  }, [stored.answer]);
  useEffect(() => {
    if (text === undefined) return;
    let isStale = false;
    const timer = setTimeout(() => {
      command<Checked>('/study-files/check', { text, file }).then(
        (answer) => !isStale && setChecked(answer),
        (error: unknown) => !isStale && setFault(faultOf(error)),
      );
    }, patience);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, file]);
  if (stored.fault) return <Failure error={stored.fault} again={stored.again} />;
  if (text === undefined || schema.answer === undefined) return <p role="status">Reading {file} …</p>;

  const isSaved = text === saved;
  const isRight = checked?.study != null;
  const values = valuesOf(text);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      setFault(undefined);
      await work();
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  const save = async (): Promise<void> => {
    await command('/study-files/save', { file, text, known: saved });
    setSaved(text);
  };
  const train = async (): Promise<void> => {
    setStarting(true);
    try {
      await command('/studies/start', { file });
    } finally {
      setStarting(false);
    }
    goTo(`${studyAddress(checked!.study!.name)}?part=training`);
  };
  return (
    <>
      {fault && <Failure error={fault} />}
      <div className="beside">
        <section aria-label="Form">
          {values === undefined ? (
            <p className="warn">The text is no YAML just now; the form waits until it is.</p>
          ) : (
            <Field
              node={schema.answer}
              path={[]}
              values={values}
              problems={checked?.problems ?? []}
              set={(path, value) => setText(withValue(text, path, value) ?? text)}
            />
          )}
        </section>
        <section aria-label="Text">
          <Editor text={text} problems={checked?.problems ?? []} set={setText} />
          <p className="buttons">
            <button type="button" disabled={isSaved} onClick={() => void attempt(save)}>
              Save
            </button>
            <span role="status">
              {isSaved ? 'Saved.' : 'Not saved.'} {isRight ? 'The study file is right.' : ''}
            </span>
          </p>
          <Plan file={file} disabled={!isSaved || !isRight} />
          <p className="buttons">
            <button
              type="button"
              className="main"
              disabled={!isSaved || !isRight || isStarting}
              onClick={() => void attempt(train)}
            >
              Train
            </button>
            {isStarting && <span role="status">The study is being started …</span>}
            {!(isSaved && isRight) && <span className="faint">Save a study file that is right first.</span>}
          </p>
        </section>
      </div>
    </>
  );
}

function faultOf(error: unknown): Fault {
  if (error instanceof AskError) return error.fault;
  throw error;
}
