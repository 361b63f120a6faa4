/** What a study knows about itself, with the section of the report that says more. */
export interface Fact {
  /** Whole sentences. */
  readonly text: string;
  /** Anchor of a section that every report has where the fact is known. */
  readonly section?: FactSection;
}

/** Sections that facts refer to, as a reader would call them. */
export const factSections = {
  arms: 'arms',
  audit: 'audit',
  methods: 'methods',
  who: 'Table 1 and flow',
  checklists: 'checklists',
  comparison: 'arms against control',
  cost: 'arms and networks',
  endpoint: 'endpoint',
  honesty: 'calibration',
  limits: 'known limits',
  looking: 'where they look',
  mistakes: 'most confident mistakes',
  repeat: 'commands and versions',
  shortcuts: 'shortcuts',
  subgroups: 'subgroups',
  subjects: 'data and split',
  training: 'training',
} as const;
export type FactSection = keyof typeof factSections;

/** A fact, with the section that says more if there is one. */
export function fact(text: string, section?: FactSection): Fact {
  return section === undefined ? { text } : { text, section };
}
