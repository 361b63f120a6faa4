export { besideLimits } from './beside-limits.js';
export * from './browser.js';
export { canonicalJson } from './canonical-json.js';
export { childEntry, threadEntry } from './child-entry.js';
export { sha256, sha256File, temporaryName, writeError, writeFileAtomic } from './files.js';
export {
  bytes,
  count,
  counted,
  decimal,
  differenceInterval,
  duration,
  interval,
  level,
  listed,
  metric,
  metricBeside,
  missing,
  moment,
  percent,
  pValue,
  signed,
  significant,
} from './format.js';
export { packageFile, programVersion } from './package-file.js';
export { Random } from './random.js';
export {
  openRegularFile,
  openRegularFileSync,
  readRegularFile,
  readRegularFileSync,
} from './regular-file.js';
