import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** What goes wrong on one connection; bytes are counted from its beginning, headers included. */
export interface Fault {
  /** Bytes towards the client after which the connection ends: by a reset, or politely. */
  readonly cutAfter?: number;
  /** The same, of bytes towards the server. */
  readonly cutUploadAfter?: number;
  readonly politely?: boolean;
  /** A byte towards the client, or towards the server, of which a bit turns. */
  readonly flipAt?: number;
  readonly flipUploadAt?: number;
  readonly bytesPerSecond?: number;
}

/** A line to a server, and what goes wrong on it. */
export class FaultyLink {
  connections = 0;
  private static readonly open = new Set<FaultyLink>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /**
   * A server answers to 127.0.0.1 too, under its own port: so the line begins there.
   *
   * @param address of a server on another address of this machine, such as 127.0.0.2
   * @param fault of the connection of this number, counted from 0
   */
  static async to(address: string, fault: (connection: number) => Fault): Promise<FaultyLink> {
    const { hostname, port } = new URL(address);
    const server = createServer();
    const link = new FaultyLink(server);
    server.on('connection', (client) => {
      const upstream = connect(Number(port), hostname);
      const what = fault(link.connections++);
      for (const socket of [client, upstream]) {
        link.sockets.add(socket);
        socket.on('error', () => {});
      }
      client.on('close', () => upstream.destroy());
      // What is still on the line arrives; only a broken connection breaks the other.
      upstream.on('close', (broken) => broken && client.resetAndDestroy());
      const cut = (): void => {
        if (what.politely) client.end();
        else client.resetAndDestroy();
        upstream.destroy();
      };
      client.pipe(new Line(what.flipUploadAt, what.cutUploadAfter, what.bytesPerSecond, cut)).pipe(upstream);
      upstream.pipe(new Line(what.flipAt, what.cutAfter, what.bytesPerSecond, cut)).pipe(client);
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(Number(port), '127.0.0.1', resolve),
    );
    FaultyLink.open.add(link);
    return link;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  static async stopAll(): Promise<void> {
    for (const link of FaultyLink.open) await link.stop();
  }

  async stop(): Promise<void> {
    FaultyLink.open.delete(this);
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

class Line extends Transform {
  private passed = 0;

  constructor(
    private readonly flipAt: number | undefined,
    private readonly cutAfter: number | undefined,
    private readonly bytesPerSecond: number | undefined,
    private readonly cut: () => void,
  ) {
    super({ highWaterMark: 2 ** 14 });
  }

  override _transform(part: Buffer, _: string, done: TransformCallback): void {
    const at = this.flipAt === undefined ? -1 : this.flipAt - this.passed;
    if (at >= 0 && at < part.length) part[at]! ^= 16;
    const left = (this.cutAfter ?? Number.POSITIVE_INFINITY) - this.passed;
    this.passed += part.length;
    if (part.length > left) {
      this.push(part.subarray(0, Math.max(0, left)));
      setImmediate(this.cut);
      return;
    }
    const pause = this.bytesPerSecond === undefined ? 0 : (part.length / this.bytesPerSecond) * 1000;
    setTimeout(() => done(null, part), pause);
  }
}
