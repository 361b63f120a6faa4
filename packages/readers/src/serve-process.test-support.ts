import { readReadersFile } from './file/read.js';
import { serveReaders } from './server/serve-readers.js';

/** A server in a process of its own, which a test may kill; its clock may run ahead. */
const [file, studies, port, ahead] = process.argv.slice(2);

const server = await serveReaders(readReadersFile(file!), {
  studies: studies!,
  port: Number(port),
  now: () => Date.now() + Number(ahead),
  onTrouble: (error) => process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`),
});
process.send!({ links: [...server.links], port: Number(new URL(server.origin).port) });
