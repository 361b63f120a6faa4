import { codedError } from '@chromaray/contracts/errors';
import type { Shown } from './token.js';

/** Requests that change nothing. */
const reading = new Set(['GET', 'HEAD']);

/**
 * Refuses requests that another page makes. `SameSite` cookies do not tell the ports of a host apart, so a page of
 * another local program would be let in by the cookie alone.
 *
 * @param origins the server's own, as `Origin` names them
 * @throws ChromarayError `CHROMARAY_WEB_ORIGIN`
 */
export function refuseOtherOrigins(request: Request, origins: ReadonlySet<string>, shown: Shown): void {
  const origin = request.headers.get('Origin');
  if (origin !== null && !origins.has(origin))
    throw foreign(`The request was made by a page of ${origin.slice(0, 200)}.`);
  if (!reading.has(request.method) && origin === null && shown !== 'header')
    // Every browser names the origin of a request that writes; a script that shows the token in a header is no page.
    throw foreign('The request does not name the page that made it.');
  const site = request.headers.get('Sec-Fetch-Site');
  const byOtherPage = site === 'cross-site' || site === 'same-site';
  if (byOtherPage && !followsLink(request)) throw foreign('The request was made by a page of another address.');
}

/** Somebody follows a link to the page, which shows nothing to the page that holds the link. */
function followsLink(request: Request): boolean {
  const { headers, method } = request;
  return (
    method === 'GET' && headers.get('Sec-Fetch-Mode') === 'navigate' && headers.get('Sec-Fetch-Dest') === 'document'
  );
}

function foreign(message: string) {
  return codedError('CHROMARAY_WEB_ORIGIN', { message });
}
