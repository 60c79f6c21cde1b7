// Rows into tables by COPY, several tables in one round trip: the statements and all their rows leave in one write, and
// PostgreSQL works while the caller goes on.
import pg from 'pg';

/** Rows of one table, each as COPY's text: fields parted by tabs, ended by a newline. */
export interface CopiedRows {
  readonly table: string;
  readonly columns: string;
  readonly text: string;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** A text as a field of COPY. */
export const copyField = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign]!) : text;

/**
 * Copies rows into tables, one after the other: what refers to a row comes after it.
 * @returns when all are written; the caller's transaction decides whether they stay
 */
export function copyRows(client: pg.ClientBase, parts: readonly CopiedRows[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyRows(parts, (fault) => (fault ? reject(fault) : resolve())));
  });
}

/**
 * One query of several COPY statements. Rows are sent without waiting to be asked for: a server that has refused the
 * statement ignores them, and each wait would be a turn of the event loop in which PostgreSQL has nothing to do.
 */
class CopyRows extends pg.Query {
  constructor(parts: readonly CopiedRows[], done: (fault: Error | undefined) => void) {
    super(
      parts.map(({ columns, table }) => `copy ${table} (${columns}) from stdin`).join('; '),
      done,
    );
    const query = this.submit.bind(this);
    this.submit = (connection) => {
      const { stream } = connection;
      stream.cork();
      const refused = query(connection);
      for (const { text } of parts) {
        stream.write(message('d', Buffer.from(text)));
        stream.write(message('c', Buffer.alloc(0)));
      }
      stream.uncork();
      return refused;
    };
  }

  /** The rows are on their way already. */
  handleCopyInResponse(): void {}
}

/** A message of the protocol: its kind, its length with that of the length itself, its bytes. */
function message(kind: 'd' | 'c', bytes: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 'latin1');
  head.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}
