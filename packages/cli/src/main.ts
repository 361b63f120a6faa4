import { createContext } from './context.js';
import { runProgram } from './program.js';

// What is written may show X-rays or hold predictions and pseudonyms: it is for this user alone, unless it is given away.
process.umask(process.umask() | 0o077);

process.exitCode = await runProgram(process.argv.slice(2), createContext());
