/**
 * The operator set of the models built here. 17 has everything the engine emits, and runtimes have had it
 * since 2022.
 */
export const defaultOpset = 17;
