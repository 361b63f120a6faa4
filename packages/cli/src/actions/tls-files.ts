import { codedError } from '@chromaray/contracts/errors';

/** Options of commands that serve other machines. */
export interface TlsFiles {
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** The files as servers take them. @throws ChromarayError `CHROMARAY_USAGE` when one is missing */
export function tlsOf({ tlsCert, tlsKey }: TlsFiles): {
  readonly tls?: { readonly cert: string; readonly key: string };
} {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert !== undefined && tlsKey !== undefined) return { tls: { cert: tlsCert, key: tlsKey } };
  throw codedError('CHROMARAY_USAGE', {
    message: 'A certificate and its key belong together, and one of them is missing.',
    remedy: 'Give both --tls-cert and --tls-key.',
  });
}
