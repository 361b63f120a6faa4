import { programVersion } from '@chromaray/base';
import { researchUseNotice } from '@chromaray/engine';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';

export const aboutSchema = z.strictObject({
  version: z.string(),
  /** Stands on every page that shows a prediction. */
  notice: z.string(),
  /** The folder that was opened. */
  folder: z.string(),
  /** The folder that holds studies. */
  studies: z.string(),
});

export const aboutRoutes: readonly Route[] = [
  get('/about', { summary: 'Say what was opened', answer: aboutSchema }, (_, { workspace }) => ({
    version: programVersion(),
    notice: researchUseNotice,
    folder: workspace.folder,
    studies: workspace.studies,
  })),
];
