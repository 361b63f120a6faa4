import { existsSync, statSync } from 'node:fs';
import type { StudyFolder } from '@chromaray/contracts';
import { z } from 'zod';

/** What a browser makes of a file, by the ending of its name; others are not given. */
export const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.tex': 'application/x-tex; charset=utf-8',
  '.yaml': 'application/yaml; charset=utf-8',
  '.pdf': 'application/pdf',
};

export const besideSchema = z.array(
  z.strictObject({ path: z.string(), purpose: z.string(), bytes: z.number().int(), modified: z.string() }),
);

const purposes: readonly (readonly [path: string, purpose: string])[] = [
  ['report.html', 'the report, one page that needs no server'],
  ['summary.html', 'the study on two pages, to print'],
  ['report.pdf', 'the report, printed'],
  ['summary.pdf', 'the two pages, printed'],
  ['audit.html', 'what the audit found, with pictures'],
  ['registration.html', 'what was declared before training, and what was changed since'],
  ['checklists.html', 'the reporting checklists'],
  ['methods.md', 'the methods section of a paper, to complete'],
  ['study.yaml', 'the study file as run, with every default'],
  ['predictions.csv', 'arm, seed, part, record, patient, label, probability'],
  ['verdict.json', 'the numbers behind the verdict'],
  ['behaviour.json', 'calibration, thresholds, subgroups, agreement and mistakes'],
  ['report.json', 'what the report says, for machines'],
];

/** The files of a study's folder that somebody reads, those that are there. */
export function besideReport(folder: StudyFolder): z.infer<typeof besideSchema> {
  return purposes.flatMap(([path, purpose]) => {
    const file = folder.inside(path);
    if (!existsSync(file)) return [];
    const { size, mtime } = statSync(file);
    return [{ path, purpose, bytes: size, modified: mtime.toISOString() }];
  });
}
