import type { ReplicationResult } from '@chromaray/contracts';
import { html, type Section, table } from '@chromaray/pages';
import { type FaultPoint, faultPoints } from '../../fault-points.js';

/** What was wrong, point by point, and what the same point looks like here. */
export function pointsSection(result: ReplicationResult): Section {
  return {
    id: 'points',
    title: 'What went wrong, point by point?',
    short: 'Point by point',
    body: html`${table<FaultPoint>(
      'table-points',
      'The original study, its replication (A, B) and the controlled protocol (C).',
      [
        { head: 'Point', cell: ({ point }) => point },
        { head: 'Original', cell: ({ original }) => original, kind: 'words' },
        { head: 'A and B, measured here', cell: ({ replicated }) => replicated, kind: 'words' },
        { head: 'C', cell: ({ controlled }) => controlled, kind: 'words' },
      ],
      faultPoints(result),
    )}`,
  };
}
