// Prisma's schema engine in WebAssembly over its PostgreSQL adapter: `prisma db pull` without the native engine that
// Prisma's CLI downloads.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** PostgreSQL's internal one-byte `"char"`, which its catalogue uses and the adapter doesn't know. */
const CHAR = 18;
const TEXT = 25;
const CHAR_ARRAY = 1002;
const TEXT_ARRAY = 1009;

/** Hands the catalogue's one-byte columns on as text and remembers which they were. */
class CatalogueClient extends pg.Client {
  static readonly chars = new Set<string>();

  // The driver's own signatures are overloads by number and kind of arguments.
  override query(...given: unknown[]): never {
    const [callback] = given.slice(-1);
    const known = (result: pg.QueryResult) => {
      CatalogueClient.chars.clear();
      for (const field of result?.fields ?? []) {
        if (field.dataTypeID === CHAR) {
          field.dataTypeID = TEXT;
          CatalogueClient.chars.add(field.name);
        } else if (field.dataTypeID === CHAR_ARRAY) field.dataTypeID = TEXT_ARRAY;
      }
      return result;
    };
    const run = super.query.bind(this) as (...all: unknown[]) => unknown;
    if (typeof callback === 'function') {
      const told = (fault: unknown, result: pg.QueryResult) => callback(fault, known(result));
      return run(...given.slice(0, -1), told) as never;
    }
    const pending = run(...given);
    return (pending instanceof Promise ? pending.then(known) : pending) as never;
  }
}

function catalogueAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query: SqlQuery) => {
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type, at) =>
      CatalogueClient.chars.has(result.columnNames[at]!) ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
  return adapter;
}

/** The schema of a database, written over `schema`: what is equal stays as it is written there. */
export async function introspect(databaseUrl: string, schema: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const engineModule = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = require
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': engineModule as unknown as WebAssembly.ModuleImports,
  });
  const bindings = engineModule as unknown as { __wbg_set_wasm(wasm: unknown): void };
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  const pool = new pg.Pool({ connectionString: databaseUrl, Client: CatalogueClient });
  try {
    const factory = new PrismaPg(pool);
    const connect = factory.connect.bind(factory);
    factory.connect = async () => catalogueAdapter(await connect()) as never;
    const engine = await engineModule.SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    const found = await engine.introspect({
      schema: { files: [{ path: 'schema.prisma', content: schema }] },
      baseDirectoryPath: '.',
      force: false,
      compositeTypeDepth: -1,
      namespaces: null,
    });
    return found.schema.files[0]!.content;
  } finally {
    await pool.end();
  }
}
