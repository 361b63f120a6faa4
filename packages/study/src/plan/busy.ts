/** Waiting and running programs a processor above which a measured time is not that of a machine left alone. */
const busyFrom = 1.2;

/**
 * What a plan says of time that was measured on a machine with other work, when it had any.
 *
 * @param load mean number of running and waiting programs before measuring began (`os.loadavg()`; 0 where unknown)
 */
export function busyNotes(load: number, processors: number): readonly string[] {
  if (load < busyFrom * processors) return [];
  return [
    `Other programs keep this machine busy (load ${load.toFixed(1)} on ${processors} ${processors === 1 ? 'processor' : 'processors'}): the time is that of a machine as busy as now. Left alone, it will be done much sooner.`,
  ];
}
