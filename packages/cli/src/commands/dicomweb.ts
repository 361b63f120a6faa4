import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addDicomWebImport } from './dicomweb-import.js';
import { addDicomWebSend } from './dicomweb-send.js';

/** `chromaray dicomweb …` */
export function addDicomWeb(parent: Command, context: Context): void {
  const dicomWeb = parent.command('dicomweb').description('fetch radiographs from an archive, send coloured ones back');
  for (const add of [addDicomWebImport, addDicomWebSend]) add(dicomWeb, context);
}
