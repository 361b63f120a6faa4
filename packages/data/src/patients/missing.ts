/** What programs and people write where they have nothing to write. */
const placeholders =
  /^(?:nan|n\.?\/?a\.?|#n\/a|nil|null|none|<na>|nat|unknown|unk|missing|undefined|anon(?:ymous|ymi[sz]ed)?|[-?._]+)?$/i;

/** Whether an identifier means that there is none: then everyone who has it would be taken for one patient. */
export function isPlaceholder(identifier: string): boolean {
  return placeholders.test(withoutMarks(identifier).trim());
}

/** What programs and people write for a label that is not there or not certain; `none` and `normal` are labels, this is none. */
const missingLabels =
  /^(?:nan|n\.?\/?a\.?|#n\/a|null|<na>|missing|undefined|not available|tbd|un(?:known|labell?ed|specified|certain|clear|determined)|indeterminate|equivocal|[-?._]*)$/i;

/** Whether a class name means that there is no label, or none to rely on. */
export function isMissingLabel(name: string): boolean {
  return missingLabels.test(withoutMarks(name).trim());
}

/** Text in compatibility form (full-width letters become plain ones), without characters that cannot be seen. */
export function withoutMarks(text: string): string {
  return text.normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, '');
}
