import type { Fault } from '../../api/client.js';
import { AskError } from '../../api/client.js';
import type { ModelAnswer, ModelOrder, OpenedModel, Said } from './messages.js';

/** A model that runs in the page, in a worker that can connect to nothing. One thing at a time is asked of it. */
export class ModelHere {
  private readonly worker = new Worker(new URL('./sealed-worker.ts', import.meta.url), { type: 'module' });
  private last: Promise<unknown> = Promise.resolve();

  /** @throws AskError */
  async open(runtime: ArrayBuffer, model: ArrayBuffer, name: string): Promise<OpenedModel> {
    const answer = await this.ask({ kind: 'open', runtime, model, name }, [model]);
    return (answer as Extract<ModelAnswer, { kind: 'opened' }>).model;
  }

  /**
   * @param decoders reads what unpacks compressed DICOM files, when the first of them comes
   * @throws AskError
   */
  async say(picture: Blob, name: string, decoders: () => Promise<ArrayBuffer>): Promise<Said> {
    let answer = await this.look(picture, name);
    if (answer.kind === 'decoders-needed') {
      const program = await decoders();
      await this.ask({ kind: 'decoders', program }, [program]);
      answer = await this.look(picture, name);
    }
    return (answer as Extract<ModelAnswer, { kind: 'said' }>).said;
  }

  close(): void {
    this.worker.terminate();
  }

  private async look(file: Blob, name: string): Promise<ModelAnswer> {
    const picture = await file.arrayBuffer();
    return this.ask({ kind: 'look', picture, name }, [picture]);
  }

  private ask(order: ModelOrder, transfer: Transferable[]): Promise<ModelAnswer> {
    const answered = this.last.then(
      () =>
        new Promise<ModelAnswer>((resolve, reject) => {
          this.worker.onmessage = ({ data }: MessageEvent<ModelAnswer>) => {
            if (data.kind === 'failed') reject(new AskError(data.fault));
            else resolve(data);
          };
          this.worker.onerror = (event) => reject(new AskError(broken(event.message)));
          this.worker.postMessage(order, transfer);
        }),
    );
    this.last = answered.catch(() => undefined);
    return answered;
  }
}

function broken(message: string | undefined): Fault {
  return {
    code: 'CHROMARAY_PAGE_MODEL',
    message: `The part of the page that runs models does not start${message ? `: ${message}` : '.'}`,
    remedy: 'Reload the page; use a browser that runs WebAssembly in workers.',
  };
}
