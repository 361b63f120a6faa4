import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import type { ErrorAnswer, LocalServer } from '@chromaray/web';
import { isSchema, type Route } from './api/route.js';
import { openWorkbench } from './open-workbench.js';

/** A workbench opened on the folder of a tiny study; every answer is compared with its schema. */
export class TestWorkbench {
  readonly tiny = new TinyStudy();
  /** Routes that have been asked, as `GET /studies`. */
  readonly asked = new Set<string>();
  /** Answers that are not what their schema says. */
  readonly wrong: string[] = [];
  readonly defects: unknown[] = [];
  server!: LocalServer;

  /** @param study false: an empty folder, as a newcomer has it. Default: with data and a study file */
  static async open({ study = true } = {}): Promise<TestWorkbench> {
    const test = new TestWorkbench();
    if (study) {
      await test.tiny.writeData();
      test.tiny.writeStudyFile();
    }
    await test.restart();
    return test;
  }

  /** Another server on the same folder; the one before goes on. */
  async restart(): Promise<LocalServer> {
    this.server = await openWorkbench({
      open: this.tiny.folder,
      // What `chromaray open` gives.
      studySchema: path.resolve(import.meta.dirname, '../../cli/study.schema.json'),
      onDefect: (error) => this.defects.push(error),
      onAnswer: (route, answer) => this.compare(route, answer),
    });
    return this.server;
  }

  get<Answer>(at: string): Promise<Answer> {
    return this.answered<Answer>(fetch(`${this.server.origin}/api${at}`, { headers: this.headers }));
  }

  post<Answer>(path: string, body: unknown = {}, server = this.server): Promise<Answer> {
    const headers = { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' };
    return this.answered<Answer>(
      fetch(`${server.origin}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  }

  /** The error that a request is answered with. */
  async refusal(path: string, body?: unknown): Promise<ErrorAnswer & { readonly status: number }> {
    const headers = { ...this.headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) };
    const answer = await fetch(`${this.server.origin}/api${path}`, {
      headers,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { ...((await answer.json()) as ErrorAnswer), status: answer.status };
  }

  bytes(path: string): Promise<Response> {
    return fetch(`${this.server.origin}/api${path}`, { headers: this.headers });
  }

  /** Numbers and kinds of a study's events from a stream, until one of a kind has come. */
  async eventsUntil(study: string, kind: string, since = 0): Promise<readonly { seq: number; kind: string }[]> {
    const answer = await this.bytes(`/studies/${study}/events?since=${since}`);
    const reader = answer.body!.getReader();
    const decoder = new TextDecoder();
    const events: { seq: number; kind: string }[] = [];
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return events;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop()!;
      for (const line of lines)
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as { seq: number; kind: string });
      if (events.some((event) => event.kind === kind)) {
        await reader.cancel();
        return events;
      }
    }
  }

  async close(): Promise<void> {
    await this.server.stop();
    this.tiny.remove();
  }

  private get headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.server.token}` };
  }

  private async answered<Answer>(sent: Promise<Response>): Promise<Answer> {
    const answer = await sent;
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json() as Promise<Answer>;
  }

  private compare(route: Route, answer: unknown): void {
    this.asked.add(`${route.method} ${route.path}`);
    if (!isSchema(route.answer)) return;
    const result = route.answer.safeParse(JSON.parse(JSON.stringify(answer)));
    if (!result.success) this.wrong.push(`${route.path}: ${result.error.message}`);
  }
}

/** True while a process lives; a zombie, which nobody has buried, is dead. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/stat`;
    return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
