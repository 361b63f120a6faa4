import path from 'node:path';

/** What the trials of a study share with the nodes, which see it under the same path. */
export interface SharedFolder {
  readonly root: string;
  /** Packs, checkpoints and results. */
  readonly exchange: string;
  array(name: string): ArrayFolder;
}

/** What one array is: a script, and for each task what it is to do, what it reports and what it prints. */
export interface ArrayFolder {
  readonly root: string;
  readonly script: string;
  readonly logs: string;
  task(number: number): string;
  report(number: number): string;
  log(number: number): string;
}

/** @param folder a folder that every node sees under this path */
export function sharedFolder(folder: string): SharedFolder {
  const root = path.resolve(folder);
  return {
    root,
    exchange: path.join(root, 'exchange'),
    array: (name) => arrayFolder(path.join(root, 'arrays', name)),
  };
}

export function arrayFolder(root: string): ArrayFolder {
  return {
    root,
    script: path.join(root, 'trial.sh'),
    logs: path.join(root, 'logs'),
    task: (number) => path.join(root, 'tasks', `${number}.json`),
    report: (number) => path.join(root, 'reports', `${number}.jsonl`),
    log: (number) => path.join(root, 'logs', `${number}.log`),
  };
}
