import type { ErrorArea } from '../entry.js';

/** The command line, files of the machine, and what no user can mend. */
export const commandErrors = {
  CHROMARAY_USAGE: {
    meaning: 'The command line names no command, or an option or value that the command does not have.',
    advice: 'Run the command with `--help`.',
    outcome: 'wrongUse',
  },
  CHROMARAY_USAGE_FILE_EXISTS: {
    meaning: 'The file to write exists already.',
    remedy: 'Choose another name, or pass --force to write over it.',
    outcome: 'wrongUse',
  },
  CHROMARAY_FILE_ACCESS: {
    meaning: 'The operating system refused a file or folder.',
    remedy: 'Check the path, its permissions and the space on its disk, and run the same command again.',
  },
  CHROMARAY_FILE_WRITE: {
    meaning: 'A file could not be written: the disk is full, or the folder may not be written to.',
    advice: 'Free space or change the permissions, and run the same command again.',
  },
  CHROMARAY_INTERRUPTED: {
    meaning: 'Ctrl-C stopped the command. Everything finished is kept.',
    advice: 'Run the same command again; it resumes.',
    outcome: 'interrupted',
  },
  CHROMARAY_DEFECT: {
    meaning: 'A defect of Chromaray, not a mistake of yours.',
    remedy: 'Report it with the lines that were printed.',
  },
} as const satisfies ErrorArea;
