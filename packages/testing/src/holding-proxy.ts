import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** Where a request is held: before a byte of it goes on, in the middle of its body or of its answer, or with its answer known. */
export type HoldingPoint = 'before' | 'in the request' | 'in the answer' | 'before the answer';

/** A request that is held. */
export interface HeldRequest {
  /** Resolves when it has come to its point. */
  readonly reached: Promise<void>;
  /** Lets it go on. */
  release(): void;
}

interface Waiting {
  readonly matches: (request: string) => boolean;
  readonly at: HoldingPoint;
  readonly arrive: () => void;
  readonly released: Promise<void>;
}

/** A line to an HTTP server on which a request can be held at a chosen point, so that a test can do something just then. */
export class HoldingProxy {
  private readonly waiting: Waiting[] = [];

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async to(address: string): Promise<HoldingProxy> {
    const server = createServer();
    const proxy = new HoldingProxy(server, new URL(address));
    server.on('request', (incoming, answer) => void proxy.pass(incoming, answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Holds the next request whose method and path, such as `PUT /api/x`, match. */
  hold(pattern: RegExp, at: HoldingPoint): HeldRequest {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const reached = new Promise<void>((arrive) => {
      this.waiting.push({ matches: (asked) => pattern.test(asked), at, arrive, released });
    });
    return { reached, release };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const held = this.take(`${incoming.method} ${incoming.url}`);
    const stop = async (at: HoldingPoint): Promise<void> => {
      if (held?.at !== at) return;
      held.arrive();
      await held.released;
    };
    await stop('before');
    const { method, url, headers } = incoming;
    const to = new URL(url!, this.target);
    const onward = request(to, { method, headers: { ...headers, host: this.target.host }, agent: false });
    answer.on('close', () => onward.destroy());
    for (const end of [incoming, onward]) end.on('error', () => answer.destroy());
    const passBack = async (reply: IncomingMessage): Promise<void> => {
      await stop('before the answer');
      answer.writeHead(reply.statusCode!, reply.headers);
      reply.on('error', () => answer.destroy());
      reply.pipe(new Middle(reply, () => stop('in the answer'))).pipe(answer);
    };
    onward.on('response', (reply) => void passBack(reply));
    incoming.pipe(new Middle(incoming, () => stop('in the request'))).pipe(onward);
  }

  private take(asked: string): Waiting | undefined {
    const at = this.waiting.findIndex(({ matches }) => matches(asked));
    return at < 0 ? undefined : this.waiting.splice(at, 1)[0];
  }
}

/** Passes a body on, and waits for something in the middle of it. */
class Middle extends Transform {
  private readonly middle: number;
  private passed = 0;
  private waited = false;

  constructor(
    { headers }: IncomingMessage,
    private readonly wait: () => Promise<void>,
  ) {
    super();
    this.middle = Math.ceil(Number(headers['content-length'] ?? 0) / 2);
  }

  override _transform(part: Buffer, _: string, done: TransformCallback): void {
    void this.split(part).then(() => done());
  }

  private async split(part: Buffer): Promise<void> {
    const left = this.middle - this.passed;
    this.passed += part.length;
    if (this.waited || part.length < left) return void this.push(part);
    this.waited = true;
    this.push(part.subarray(0, left));
    await this.wait();
    this.push(part.subarray(left));
  }
}
