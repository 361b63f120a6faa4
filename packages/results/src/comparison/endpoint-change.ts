import type { Endpoint } from '@chromaray/contracts';

const fields = ['metric', 'margin', 'alpha', 'correction'] as const;

/**
 * What was changed of an endpoint after training had begun: `margin 0.01 before training, 0.05 now`.
 *
 * @returns null when nothing was that decides a verdict; the bootstrap is a second look and does not
 */
export function endpointChange(declared: Omit<Endpoint, 'part'>, now: Omit<Endpoint, 'part'>): string | null {
  const changed = fields.filter((field) => declared[field] !== now[field]);
  if (changed.length === 0) return null;
  return changed.map((field) => `${field} ${declared[field]} before training, ${now[field]} now`).join('; ');
}
