import type { Fault } from '../api/client.js';

/** An error as its reader needs it: what is wrong, what to do, and the code to look up. */
export function Failure({ error, again }: { readonly error: Fault; readonly again?: () => void }) {
  return (
    <div role="alert" className="failure">
      <p>{error.message}</p>
      <p>{error.remedy}</p>
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
