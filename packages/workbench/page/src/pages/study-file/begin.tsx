import { useState } from 'react';
import type { FoundData } from '../../../../src/workspace/data-folders.js';
import { AskError, command, type Fault } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { goTo } from '../../router.js';

/** Chooses the data set of a new study, with the layout that its folder suggests. */
export function Begin() {
  const found = useAsked<readonly FoundData[]>('/study-files/data');
  const [chosen, setChosen] = useState('');
  const [file, setFile] = useState('study.yaml');
  const [fault, setFault] = useState<Fault>();
  const data = found.answer?.find(({ path }) => path === chosen) ?? found.answer?.[0];
  const begin = (): void => {
    command<{ file: string }>('/study-files/begin', { file, data: data!.path }).then(
      (made) => goTo(`/study-file?file=${encodeURIComponent(made.file)}`),
      (error: unknown) => error instanceof AskError && setFault(error.fault),
    );
  };
  return (
    <>
      {found.fault && <Failure error={found.fault} again={found.again} />}
      {fault && <Failure error={fault} />}
      {found.answer?.length === 0 && (
        <p>
          No folder here looks like a data set: folders <code>train</code>, <code>val</code> and <code>test</code> with
          a folder for each class, one folder for each class, DICOM files, a CSV manifest or an npz archive. Move one
          here, or open the workbench on the folder above it.
        </p>
      )}
      {data && (
        <form
          className="fields begin"
          onSubmit={(event) => {
            event.preventDefault();
            begin();
          }}
        >
          <div className="field">
            <label htmlFor="data">Data set</label>
            <select id="data" value={data.path} onChange={({ target }) => setChosen(target.value)}>
              {found.answer!.map(({ path }) => (
                <option key={path}>{path}</option>
              ))}
            </select>
          </div>
          <p>
            {data.why} Layout <strong>{data.layout}</strong>
            {data.classes.length > 0 && `, classes ${data.classes.join(', ')}`}
            {data.positive !== null && (
              <>
                ; positive class <strong>{data.positive}</strong>
              </>
            )}
            . Everything can be changed on the next page.
          </p>
          <div className="field">
            <label htmlFor="file">Study file to write</label>
            <input id="file" value={file} onChange={({ target }) => setFile(target.value)} />
          </div>
          <button type="submit" className="main">
            Write the study file
          </button>
        </form>
      )}
    </>
  );
}
