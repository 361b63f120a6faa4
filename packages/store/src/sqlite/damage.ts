import { integer, text } from './column.js';
import { Connection } from './connection.js';
import { migrations } from './schema.js';

/**
 * Whether a store is other than this program can have left it: its pages, what its tables say of each other, or the
 * definitions of the tables. Asked when a write was refused, since the mistake may be the writer's.
 */
export function isDamagedStore(connection: Connection): boolean {
  try {
    const faults = (check: string): number => connection.select({ n: integer('count(*)') }, `FROM ${check}`)[0]?.n ?? 1;
    return (
      faults("pragma_integrity_check(1) WHERE integrity_check <> 'ok'") > 0 ||
      faults('pragma_foreign_key_check') > 0 ||
      definitions(connection) !== definitionsOf(connection.pragma('user_version'))
    );
  } catch {
    return true;
  }
}

function definitionsOf(version: number): string {
  const fresh = new Connection(':memory:');
  try {
    for (const migration of migrations.slice(0, version)) fresh.execute(migration);
    return definitions(fresh);
  } finally {
    fresh.close();
  }
}

function definitions(connection: Connection): string {
  const columns = { name: text('name'), sql: text("coalesce(sql, '')") };
  return JSON.stringify(connection.select(columns, 'FROM sqlite_schema ORDER BY name'));
}
