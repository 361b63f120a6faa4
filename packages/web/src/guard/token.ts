import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A token for one start of a server: 256 random bits, in letters that an address may hold. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a request showed the token. */
export type Shown = 'address' | 'cookie' | 'header';

/** The name of an address's parameter that holds the token. */
const parameter = 'token';

/**
 * Knows the token of a start. The address shows it once; it then lives in a cookie that no script can read, that is
 * sent to this site only and ends with the browser. Browsers share cookies between the ports of a host, so each port
 * has a name of its own.
 */
export class TokenGate {
  private readonly digest: Buffer;

  constructor(
    private readonly token: string,
    private readonly port: () => number,
    private readonly secure: boolean,
  ) {
    this.digest = digestOf(token);
  }

  /** How the request shows the token; undefined where it does not, or shows a wrong one. */
  shownBy(request: Request): Shown | undefined {
    if (this.matches(new URL(request.url).searchParams.get(parameter))) return 'address';
    if (this.matches(bearer(request))) return 'header';
    return this.matches(cookie(request, this.cookieName)) ? 'cookie' : undefined;
  }

  /** Moves the token from the address to a cookie, and leads on to the address without it. */
  moveToCookie(request: Request): Response {
    const address = new URL(request.url);
    address.searchParams.delete(parameter);
    // A path of its own, so that an address such as `//other.site` leads to no other site.
    const Location = `${address.pathname.replace(/^\/+/, '/')}${address.search}`;
    return new Response(null, { status: 303, headers: { Location, 'Set-Cookie': this.setCookie } });
  }

  private matches(shown: string | null | undefined): boolean {
    // Of equal length, and compared in a time that does not depend on how much is right.
    return typeof shown === 'string' && timingSafeEqual(digestOf(shown), this.digest);
  }

  private get cookieName(): string {
    return `chromaray-${this.port()}`;
  }

  private get setCookie(): string {
    return `${this.cookieName}=${this.token}; Path=/; HttpOnly; SameSite=Strict${this.secure ? '; Secure' : ''}`;
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
