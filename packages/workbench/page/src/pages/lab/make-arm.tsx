import type { ColourSpec } from '@chromaray/contracts';
import { useEffect, useState } from 'react';
import type { FoundStudyFile } from '../../../../src/workspace/study-files.js';
import { AskError, command, type Fault } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { armName } from './colours.js';

/** The line that makes an arm of a colour, and a button that puts it into a study file. */
export function MakeArm({ colour }: { readonly colour: ColourSpec }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Make an arm of it</summary>
      {open && <ArmForm colour={colour} />}
    </details>
  );
}

function ArmForm({ colour }: { readonly colour: ColourSpec }) {
  const files = useAsked<readonly FoundStudyFile[]>('/study-files');
  const [name, setName] = useState(() => armName(colour));
  const [file, setFile] = useState('');
  const [line, setLine] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [done, setDone] = useState('');
  useEffect(() => {
    let current = true;
    command<{ line: string }>('/study-files/arm-line', { name, colour }).then(
      (answer) => {
        if (!current) return;
        setLine(answer.line);
        setFault(undefined);
      },
      (error: unknown) => {
        if (current && error instanceof AskError) setFault(error.fault);
      },
    );
    return () => {
      current = false;
    };
  }, [name, colour]);
  const add = (): void => {
    setDone('');
    command<{ file: string; line: number }>('/study-files/add-arm', { file, name, colour }).then(
      (answer) => {
        setFault(undefined);
        setDone(`Added to ${answer.file} as line ${answer.line}. A study that was run already needs a new name.`);
      },
      (error: unknown) => error instanceof AskError && setFault(error.fault),
    );
  };
  return (
    <div>
      <div className="row">
        <label>
          Name <input value={name} maxLength={64} size={18} onChange={({ target }) => setName(target.value)} />
        </label>
      </div>
      <pre className="yaml">{line}</pre>
      <div className="row">
        <button type="button" onClick={() => void navigator.clipboard.writeText(line)}>
          Copy
        </button>
        <label>
          Study file{' '}
          <select value={file} onChange={({ target }) => setFile(target.value)}>
            <option value="">choose …</option>
            {files.answer?.map((one) => (
              <option key={one.file}>{one.file}</option>
            ))}
          </select>
        </label>
        <button type="button" disabled={file === ''} onClick={add}>
          Add to study file
        </button>
      </div>
      {files.fault && <Failure error={files.fault} />}
      {fault && <Failure error={fault} />}
      {done !== '' && <p role="status">{done}</p>}
    </div>
  );
}
