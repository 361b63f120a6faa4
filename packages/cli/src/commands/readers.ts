import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addReadersAnalyse } from './readers-analyse.js';
import { addReadersConvert } from './readers-convert.js';
import { addReadersDemo } from './readers-demo.js';
import { addReadersExport } from './readers-export.js';
import { addReadersInit } from './readers-init.js';
import { addReadersPlan } from './readers-plan.js';
import { addReadersRegister } from './readers-register.js';
import { addReadersReport } from './readers-report.js';
import { addReadersServe } from './readers-serve.js';
import { addReadersStatus } from './readers-status.js';

/** `chromaray readers ...` */
export function addReaders(parent: Command, context: Context): void {
  const readers = parent.command('readers').description('reader studies: does colour help people?');
  for (const add of [
    addReadersInit,
    addReadersPlan,
    addReadersRegister,
    addReadersServe,
    addReadersStatus,
    addReadersExport,
    addReadersReport,
    addReadersAnalyse,
    addReadersConvert,
    addReadersDemo,
  ])
    add(readers, context);
}
