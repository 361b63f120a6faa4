import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on this machine that answers as told; it ends with the test. */
export function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dicom-web`),
    );
  });
}

/** Answers of an archive with one study, one series and some objects; `retrieve` answers for an object. */
export function archive(
  instances: readonly string[],
  retrieve: (uid: string, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  const json = (response: ServerResponse, items: readonly Record<string, readonly string[]>[]): void => {
    response.setHeader('content-type', 'application/dicom+json');
    const list = items.map((item) => Object.fromEntries(Object.entries(item).map(([tag, Value]) => [tag, { Value }])));
    response.end(JSON.stringify(list));
  };
  return (request, response) => {
    const [route] = request.url!.split('?');
    if (route!.endsWith('/studies')) json(response, [{ '0020000D': ['1.2.3'] }]);
    else if (route!.endsWith('/series')) json(response, [{ '0020000E': ['1.2.3.4'], '00080060': ['DX'] }]);
    else if (route!.endsWith('/instances'))
      json(
        response,
        instances.map((uid) => ({ '00080018': [uid] })),
      );
    else retrieve(route!.slice(route!.lastIndexOf('/') + 1), response);
  };
}
