import type { ServerResponse } from 'node:http';

/** Streams of events never end by themselves: a server that stops ends them. */
export class OpenStreams {
  private readonly open = new Set<ServerResponse>();

  /** Remembers an answer that is a stream, until its connection closes. */
  note(answer: Response, outgoing: ServerResponse): void {
    if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream')) return;
    this.open.add(outgoing);
    outgoing.once('close', () => this.open.delete(outgoing));
  }

  end(): void {
    for (const outgoing of this.open) outgoing.destroy();
  }
}
