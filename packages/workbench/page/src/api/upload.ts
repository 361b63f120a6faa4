import { AskError, apiAddress, type Fault, programGone } from './client.js';

/**
 * Sends a file as the body of a request.
 *
 * @param onProgress is given the share that has been sent
 * @throws AskError
 */
export function upload<Answer>(path: string, file: Blob, onProgress: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // `fetch` tells nothing of how far a body has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', apiAddress(path));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as Answer);
      else reject(new AskError((request.response as Fault | null) ?? programGone));
    };
    request.onerror = () => reject(new AskError(file.size > refused ? tooLarge : programGone));
    request.send(file);
  });
}

/** A server that refuses a body closes the connection before all of it is sent; the browser then tells no status. */
const refused = 256 * 2 ** 20;

const tooLarge: Fault = {
  code: 'CHROMARAY_WEB_BODY_SIZE',
  message: 'The file is larger than 256 MiB, the most that can be dropped on a page.',
  remedy: 'Put the file into the folder yourself and open it from there.',
};
