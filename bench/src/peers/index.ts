import { javascriptPeers } from './javascript.js';
import type { Peer } from './peer.js';
import { pythonPeers } from './python.js';

/** Everybody we measure ourselves against. */
export const peers: readonly Peer[] = [...pythonPeers, ...javascriptPeers];

/** Those that ratios are taken to, as far as they ran. */
export const references: readonly string[] = ['pytorch', 'pytorch-bf16', 'keras'];
