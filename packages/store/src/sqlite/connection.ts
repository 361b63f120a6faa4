import Database from 'libsql';
import { type Columns, integer, type Row, selectList } from './column.js';
import { storeError } from './store-error.js';

export type Parameter = string | number | null;

/**
 * The one place that speaks to the SQLite library. Every error that leaves it says what to do, also where the file
 * is damaged: see {@link Columns} for what is never asked of the library.
 */
export class Connection {
  private readonly database: Database.Database;

  /**
   * @param file for messages
   * @param address a path, or a URI of SQLite
   * @throws what the library throws: the caller decides what it means
   */
  constructor(
    readonly file: string,
    address: string = file,
  ) {
    this.database = new Database(address);
  }

  /** Statements whose results, if any, are of no interest. */
  execute(sql: string): void {
    this.guard(() => this.database.exec(sql));
  }

  /** A statement that is run many times. */
  statement(sql: string): (...parameters: readonly Parameter[]) => void {
    const prepared = this.guard(() => this.database.prepare(sql));
    return (...parameters) => void this.guard(() => prepared.run(...parameters));
  }

  /** Changes rows. @returns the id of the last row that was inserted */
  run(sql: string, ...parameters: readonly Parameter[]): number {
    return this.guard(() => Number(this.database.prepare(sql).run(...parameters).lastInsertRowid));
  }

  /**
   * Reads rows.
   *
   * @param rest of the statement, from `FROM` on
   * @throws ChromarayError `CHROMARAY_STORE_UNREADABLE` for a value that cannot have been written
   */
  select<C extends Columns>(columns: C, rest: string, ...parameters: readonly Parameter[]): Row<C>[] {
    const decoders = Object.entries(columns).map(([name, { decode }]) => [name, decode] as const);
    return this.guard(() => {
      const statement = this.database.prepare(`SELECT ${selectList(columns)} ${rest}`).raw();
      const rows = statement.all(...parameters) as unknown as readonly unknown[][];
      return rows.map((values) => {
        const row: Record<string, unknown> = {};
        for (const [i, [name, decode]] of decoders.entries()) row[name] = decode(values[i]);
        return row as Row<C>;
      });
    });
  }

  /** A number that SQLite keeps of a file, such as `user_version`. */
  pragma(name: string): number {
    const [row] = this.select({ value: integer(name) }, `FROM pragma_${name}`);
    return row?.value ?? 0;
  }

  /**
   * Does several writes or none of them. On a full disk SQLite undoes a transaction by itself; undoing it once more
   * would be an error that hides the first.
   */
  transaction<T>(action: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = action();
      this.execute('COMMIT');
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.execute('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.database.close();
  }

  private guard<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw storeError(this.file, error);
    }
  }
}
