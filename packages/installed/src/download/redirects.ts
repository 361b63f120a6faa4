import { type InstallArea, installCommands, installError } from '../fault.js';

/** Publishers send once or twice to the machine that holds the file; more is a circle. */
const mostRedirects = 5;

/**
 * The answer behind redirections. They are followed to other hosts, since publishers keep large files elsewhere and the
 * hash of what comes decides; but never to another protocol, so that what was asked for over https never comes over http.
 *
 * @throws ChromarayError `_SERVER` of the area for a redirection that is not followed; what `fetch` throws
 */
export async function followed(area: InstallArea, url: string, init: RequestInit): Promise<Response> {
  for (let [at, redirects] = [url, 0]; ; redirects++) {
    const response = await fetch(at, { ...init, redirect: 'manual' });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    void response.body?.cancel().catch(() => {});
    if (redirects === mostRedirects) throw refused(area, url, `redirects more than ${mostRedirects} times`);
    at = nextAddress(area, at, response.headers.get('location') ?? '', url);
  }
}

/**
 * Where a redirection leads.
 *
 * @param asked the address that was asked for first, named in errors
 */
export function nextAddress(area: InstallArea, from: string, location: string, asked: string): string {
  if (location === '' || !URL.canParse(location, from)) throw refused(area, asked, 'redirects to no address');
  const to = new URL(location, from);
  const { protocol } = new URL(from);
  if (to.protocol === protocol && to.username === '' && to.password === '') return to.href;
  throw refused(
    area,
    asked,
    to.protocol === protocol
      ? `redirects to ${to.host} with a user or password of its own`
      : `redirects to ${to.protocol}//${to.host}, which is not ${protocol.slice(0, -1)}`,
  );
}

function refused(area: InstallArea, url: string, found: string) {
  return installError(area, 'SERVER', {
    message: `${url} ${found}; the redirection is not followed.`,
    remedy: `Get the file from its source in another way, and install it with ${installCommands[area]} add.`,
    details: { url },
  });
}
