/**
 * Runs a saved model on a picture. The server answers with this script under a policy of its own: it may run WebAssembly, which the
 * page may not, and it can connect to nothing, so that no picture can leave it but to the page.
 */
import { isChromarayError } from '@chromaray/base/browser';
import type { Fault } from '../../api/client.js';
import { DecodersNeeded } from './decode-picture.js';
import { giveDecoders } from './decoder-program.js';
import type { ModelAnswer, ModelOrder } from './messages.js';
import { Network } from './network.js';

const scope = self as unknown as {
  onmessage: unknown;
  postMessage(answer: ModelAnswer, transfer: Transferable[]): void;
};
let network: Network | undefined;

scope.onmessage = ({ data: order }: MessageEvent<ModelOrder>): void => {
  answer(order).then(
    (found) => scope.postMessage(found, []),
    (error: unknown) => scope.postMessage({ kind: 'failed', fault: faultOf(error) }, []),
  );
};

async function answer(order: ModelOrder): Promise<ModelAnswer> {
  if (order.kind === 'open') {
    await network?.release();
    network = undefined;
    network = await Network.open(order);
    return { kind: 'opened', model: network.about };
  }
  if (order.kind === 'decoders') {
    giveDecoders(order.program);
    return { kind: 'decoders-taken' };
  }
  try {
    return { kind: 'said', said: await network!.say({ name: order.name, bytes: new Uint8Array(order.picture) }) };
  } catch (error) {
    if (error instanceof DecodersNeeded) return { kind: 'decoders-needed' };
    throw error;
  }
}

function faultOf(error: unknown): Fault {
  if (isChromarayError(error)) return { code: error.code, message: error.message, remedy: error.remedy };
  const message = `The page met a defect of Chromaray: ${(error as Error).message}`;
  return { code: 'CHROMARAY_DEFECT', message, remedy: 'Report it with the message above.' };
}
