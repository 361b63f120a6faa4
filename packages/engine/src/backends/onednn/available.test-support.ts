import { onednnLibrary } from './backend.js';

/** Whether this machine has oneDNN; tests of the backend are skipped without it. */
export const onednnAvailable = canLoad();

function canLoad(): boolean {
  try {
    onednnLibrary();
    return true;
  } catch {
    return false;
  }
}
