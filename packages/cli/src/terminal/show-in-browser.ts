import { spawn } from 'node:child_process';

/** Opens the user's browser; where there is none, the printed address is what they have. */
export function showInBrowser(url: string): void {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  const child = spawn(program!, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
