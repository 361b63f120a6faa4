import type { Description, InstallKind } from '@chromaray/installed';
import { z } from 'zod';
import { contractNames } from './contract.js';
import type { ColorizerFile } from './network-colorizer.js';

/** What is written beside the file of a colorizing network. */
export interface ColorizerDescription extends Description, Omit<ColorizerFile, 'file'> {}

const schema = z.strictObject({
  name: z.string(),
  contract: z.enum(contractNames),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  tensors: z.strictObject({ input: z.string(), output: z.string() }),
  renderFactors: z.array(z.number().int().positive()).min(1).exactOptional(),
  origin: z.string(),
  licence: z.string().nullable(),
});

/** Colorizing networks as files that are installed by name: `<name>.onnx`. */
export const colorizerKind: InstallKind<ColorizerDescription> = {
  area: 'COLORIZER',
  noun: 'a colorizer',
  folder: 'colorizers',
  fileArgument: '<file.onnx>',
  schema,
  extension: () => '.onnx',
};
