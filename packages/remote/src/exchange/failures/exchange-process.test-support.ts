import { readFileSync } from 'node:fs';
import { httpExchange } from '../http/http-exchange.js';
import { serveExchange } from '../http/serve-exchange.js';
import { openExchange } from '../open-exchange.js';

// A process of its own, to be killed: serves an exchange, or publishes results to one.
const [task, ...given] = process.argv.slice(2);
const never = new AbortController().signal;

if (task === 'serve') {
  const [folder, host, port, cert, key] = given;
  const server = await serveExchange({
    ...{ folder: folder!, host: host!, port: Number(port), token: process.env.CHROMARAY_EXCHANGE_TOKEN! },
    ...(cert === undefined ? {} : { tls: { cert, key: key! } }),
    onDefect: (error) => console.error(error),
  });
  console.log(server.address);
} else if (task === 'fetch') {
  const [address, sha256, bytes, file] = given;
  await openExchange(address!).fetch({ sha256: sha256!, bytes: Number(bytes) }, file!, never);
  console.log('fetched');
} else {
  const [address, file, bits, list] = given;
  const token = process.env.CHROMARAY_EXCHANGE_TOKEN!;
  const exchange = address!.startsWith('http') ? httpExchange(address!, { token }) : openExchange(address!);
  const { trials, model } = JSON.parse(readFileSync(list!, 'utf8'));
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const outcomes: string[] = [];
  for (const trial of trials as string[])
    outcomes.push(await exchange.publish(trial, { numbers: bits!, notes: `${process.pid}`, model }, file!, never));
  console.log(JSON.stringify(outcomes));
  process.exit();
}
