import type { FactSection } from './fact.js';
import type { Facts } from './facts.js';

/** One item of a reporting checklist, in this project's words. */
export interface ChecklistItem {
  /** As numbered by the checklist: `12c`. */
  readonly item: string;
  /** What it asks for. */
  readonly asks: string;
  /** What of the study answers it, in order; what the study does not know is skipped. */
  readonly facts?: readonly (keyof Facts)[];
  /** What only the author can say. */
  readonly author?: string;
  /** The fact that answers what is otherwise left to the author. */
  readonly unless?: keyof Facts;
  /** Why it does not apply to a study of this kind. */
  readonly notApplicable?: string;
}

export interface Checklist {
  /** Letters and `-`: part of anchors and tables. */
  readonly id: 'claim' | 'tripod-ai' | 'metrics';
  readonly name: string;
  readonly source: { readonly text: string; readonly doi: string };
  readonly groups: readonly { readonly name: string; readonly items: readonly ChecklistItem[] }[];
}

/** How far the study itself answers an item. */
export type ItemState = 'reported' | 'in part' | 'for the author' | 'not applicable';

/** An item with what the study says to it. */
export interface FilledItem {
  readonly group: string;
  readonly item: string;
  readonly asks: string;
  readonly state: ItemState;
  /** From the study; empty where it knows nothing. */
  readonly answer: string;
  /** Anchors of the report's sections that say more, each once. */
  readonly sections: readonly FactSection[];
  /** What is left to the author; empty where nothing is. */
  readonly author: string;
}

/** Answers every item from what the study knows; the rest is marked as the author's. */
export function fillChecklist(checklist: Checklist, facts: Facts): readonly FilledItem[] {
  return checklist.groups.flatMap(({ name, items }) => items.map((item) => fillItem(name, item, facts)));
}

function fillItem(group: string, one: ChecklistItem, facts: Facts): FilledItem {
  const { item, asks, facts: keys = [], unless, notApplicable } = one;
  const author = unless !== undefined && facts[unless] !== null ? undefined : one.author;
  const known = keys.flatMap((key) => facts[key] ?? []);
  const state: ItemState =
    notApplicable !== undefined
      ? 'not applicable'
      : known.length === 0
        ? 'for the author'
        : author === undefined
          ? 'reported'
          : 'in part';
  return {
    group,
    item,
    asks,
    state,
    answer: notApplicable ?? known.map(({ text }) => text).join(' '),
    sections: [...new Set(known.flatMap(({ section }) => section ?? []))],
    author: author ?? (state === 'for the author' ? 'The study does not know this.' : ''),
  };
}
