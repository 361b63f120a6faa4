/** What a failed request says: every error of the house. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Nothing answers at all. */
export const programGone: Fault = {
  code: 'CHROMARAY_WEB_GONE',
  message: 'The program behind this page does not answer.',
  remedy: 'Start it again with `chromaray open`; a study that is being run goes on by itself.',
};

/** A request that failed. */
export class AskError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The address of something in the interface. Parameters that are undefined are left out. */
export function apiAddress(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  const search = new URLSearchParams(given).toString();
  return `/api${path}${search === '' ? '' : `?${search}`}`;
}

/** Reads something. @throws AskError */
export async function ask<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  return (
    await answered(fetch(apiAddress(path, query), signal === undefined ? {} : { signal }))
  ).json() as Promise<Answer>;
}

/** Gives a command. @throws AskError */
export async function command<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const sent = fetch(apiAddress(path), { method: 'POST', headers, body: JSON.stringify(body) });
  return (await answered(sent)).json() as Promise<Answer>;
}

async function answered(sent: Promise<Response>): Promise<Response> {
  let answer: Response;
  try {
    answer = await sent;
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new AskError(programGone);
  }
  if (answer.ok) return answer;
  throw new AskError((await answer.json().catch(() => unknown(answer.status))) as Fault);
}

function unknown(status: number): Fault {
  return {
    code: 'CHROMARAY_DEFECT',
    message: `The program answered with status ${status}.`,
    remedy: 'Reload the page.',
  };
}
