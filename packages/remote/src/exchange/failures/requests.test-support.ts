import { connect } from 'node:net';

/** Sends bytes as they are written and gives back all that comes, until the server closes or so many milliseconds pass. */
export function askRaw(address: string, bytes: string | Buffer, milliseconds = 3000): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let said = '';
    const done = (): void => {
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(done, milliseconds);
    socket.setEncoding('latin1').on('data', (text: string) => {
      said += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
    socket.write(bytes);
  });
}
