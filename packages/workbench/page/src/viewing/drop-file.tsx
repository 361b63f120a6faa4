import { useState } from 'react';

interface DropFileProps {
  /** What may be dropped, such as "an X-ray: JPEG, PNG or DICOM". */
  readonly what: string;
  /** As in an input of files: endings and types. */
  readonly accept?: string;
  readonly onFile: (file: File) => void;
}

/** A place to drop a file on, or to choose one. */
export function DropFile({ what, accept, onFile }: DropFileProps) {
  const [over, setOver] = useState(false);
  return (
    <section
      aria-label={`Drop ${what}`}
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      <label>
        Drop {what}, or choose a file{' '}
        <input
          type="file"
          {...(accept !== undefined && { accept })}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) onFile(file);
            target.value = '';
          }}
        />
      </label>
    </section>
  );
}
