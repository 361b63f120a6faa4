/** What helps with an exchange that is away, where nothing more is known of why. */
export const whenAway =
  'Check that the coordinator or the store is running and can be reached from here, and run the same command again: what was finished is kept.';
