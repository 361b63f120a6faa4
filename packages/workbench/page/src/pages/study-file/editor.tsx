import { useRef } from 'react';
import { Words } from '../../kit/words.js';
import type { Path } from './edit-yaml.js';

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  /** From 1; null where none can be named. */
  readonly line: number | null;
  /** Leads to the value; empty where it is about the whole file. */
  readonly path: Path;
}

interface EditorProps {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly set: (text: string) => void;
}

/** The study file as text, with the lines that are wrong marked. */
export function Editor({ text, problems, set }: EditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const lines = text.split('\n');
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = (line: number): void => {
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const element = area.current!;
    element.focus();
    element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    element.scrollTop = ((line - 4) * element.scrollHeight) / lines.length;
  };
  return (
    <>
      <div className="editor">
        <div className="numbers" ref={numbers} aria-hidden="true">
          {lines.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
            <div key={i} className={wrong.has(i + 1) ? 'wrong' : undefined}>
              {i + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label="Study file"
          aria-describedby="problems"
          value={text}
          rows={30}
          wrap="off"
          spellCheck={false}
          onChange={({ target }) => set(target.value)}
          onScroll={({ currentTarget }) => {
            numbers.current!.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <div id="problems" role="status">
        {problems.map((problem) => (
          <div key={`${problem.line} ${problem.message}`} className="problem">
            {problem.line !== null && (
              <button type="button" onClick={() => goTo(problem.line!)}>
                Line {problem.line}
              </button>
            )}{' '}
            <Words text={`${problem.message} ${problem.remedy ?? ''}`} /> <code>{problem.code}</code>
          </div>
        ))}
      </div>
    </>
  );
}
