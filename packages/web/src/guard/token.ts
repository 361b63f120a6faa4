import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token for one start of a server: 256 random bits, in letters that an address may hold. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a request showed the token. */
export type Shown = 'address' | 'cookie' | 'header';

/** A token that a request showed, and whose it is. */
export interface Showing {
  readonly how: Shown;
  readonly token: string;
  readonly holder: string;
}

/** The name of an address's parameter that holds the token. */
const parameter = 'token';

/**
 * Knows the tokens of a server: one of this start, or one for each person who is let in. The address shows it once; it then lives in a cookie that no script can read, that is
 * sent to this site only and ends with the browser. Browsers share cookies between the ports of a host, so each port
 * has a name of its own.
 */
export class TokenGate {
  private readonly known: readonly { readonly digest: Buffer; readonly holder: string }[];

  /** @param holders whose each token is */
  constructor(
    holders: ReadonlyMap<string, string>,
    private readonly port: () => number,
    private readonly secure: boolean,
  ) {
    this.known = [...holders].map(([token, holder]) => ({ digest: digestOf(token), holder }));
  }

  /** The token that the request shows; undefined where it shows none, or a wrong one. */
  shownBy(request: Request): Showing | undefined {
    return (
      this.showing('address', new URL(request.url).searchParams.get(parameter)) ??
      this.showing('header', bearer(request)) ??
      this.showing('cookie', cookie(request, this.cookieName))
    );
  }

  /** Moves the token from the address to a cookie, and leads on to the address without it. */
  moveToCookie(request: Request, token: string): Response {
    const address = new URL(request.url);
    address.searchParams.delete(parameter);
    // A path of its own, so that an address such as `//other.site` leads to no other site.
    const Location = `${address.pathname.replace(/^\/+/, '/')}${address.search}`;
    return new Response(null, { status: 303, headers: { Location, 'Set-Cookie': this.setCookie(token) } });
  }

  private showing(how: Shown, token: string | null | undefined): Showing | undefined {
    if (typeof token !== 'string') return undefined;
    // Of equal length, and each compared in a time that does not depend on how much is right.
    const digest = digestOf(token);
    const [found] = this.known.filter((one) => timingSafeEqual(one.digest, digest));
    return found === undefined ? undefined : { how, token, holder: found.holder };
  }

  private get cookieName(): string {
    return `chromaray-${this.port()}`;
  }

  private setCookie(token: string): string {
    return `${this.cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict${this.secure ? '; Secure' : ''}`;
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function bearer(request: Request): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1];
}

function cookie(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.get('Cookie') ?? '').split(';')) {
    const [key, ...rest] = pair.trim().split('=');
    if (key === name) return rest.join('=');
  }
  return undefined;
}
