import type { Fault } from '../api/client.js';
import { Words } from './words.js';

/** An error as its reader needs it: what is wrong, what to do, and the code to look up. */
export function Failure({ error, again }: { readonly error: Fault; readonly again?: () => void }) {
  return (
    <div role="alert" className="failure">
      <p>
        <Words text={error.message} />
      </p>
      <p>
        <Words text={error.remedy} />
      </p>
      <p className="small">
        <code>{error.code}</code>
        {again !== undefined && (
          <button type="button" onClick={again}>
            Try again
          </button>
        )}
      </p>
    </div>
  );
}
