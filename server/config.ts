// What the environment says, read once and checked: the only reader of process.env.
import { delimiter, resolve } from 'node:path';
import { z } from 'zod';

const url = (name: string, schemes: readonly string[], example: string) =>
  z
    .string({ error: `${name} is missing, for example ${example}` })
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol), {
      error: `${name} is not an address beginning with ${schemes.join(' or ')}//`,
    });
const port = (name: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, { error: `${name} is not a port number` })
    .transform(Number)
    .refine((value) => value > 0 && value < 65_536, {
      error: `${name} is not between 1 and 65535`,
    });
const count = (name: string, least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, { error: `${name} is not a whole number` })
    .transform(Number)
    .refine((value) => value >= least && value <= most, {
      error: `${name} is not between ${least} and ${most}`,
    });

const DATABASE = url(
  'DATABASE_URL',
  ['postgresql:', 'postgres:'],
  'postgresql://user:password@host/daybook',
);
const MONGODB = url(
  'MONGODB_URL',
  ['mongodb:', 'mongodb+srv:'],
  'mongodb://host/daybook?replicaSet=rs0',
);
const REDIS = url('REDIS_URL', ['redis:', 'rediss:'], 'redis://host');

const SERVICE = z.object({
  DATABASE_URL: DATABASE,
  MONGODB_URL: MONGODB,
  REDIS_URL: REDIS.optional(),
  NEXTAUTH_SECRET: z
    .string({
      error:
        'NEXTAUTH_SECRET is missing: at least 32 characters by chance, for example from `openssl rand -base64 33`',
    })
    .min(32, { error: 'NEXTAUTH_SECRET is shorter than 32 characters' }),
  NEXTAUTH_URL: url('NEXTAUTH_URL', ['http:', 'https:'], 'https://books.example.org').optional(),
  PORT: port('PORT').default(3000),
  HOST: z.string().default('127.0.0.1'),
  API_PORT: port('API_PORT').default(3001),
  WEB_PORT: port('WEB_PORT').default(3002),
  WEB_CONCURRENCY: count('WEB_CONCURRENCY', 1, 256).default(1),
  DAYBOOK_CACHE_MB: count('DAYBOOK_CACHE_MB', 1, 1_000_000).default(128),
  NODE_ENV: z.string().default('production'),
  DAYBOOK_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'DAYBOOK_LOG is not one of debug, info, warn, error, silent',
    })
    .default('info'),
});

const HOUSE = z.object({
  DATABASE_URL: DATABASE.optional(),
  MONGODB_URL: MONGODB.optional(),
  REDIS_URL: REDIS.optional(),
  PORT: port('PORT').optional(),
  DAYBOOK_DATA: z
    .string()
    .default('.daybook')
    .transform((folder) => resolve(folder)),
});

/** What each process of a running Daybook needs. */
export interface ServiceConfig {
  readonly databaseUrl: string;
  readonly mongoUrl: string;
  readonly redisUrl: string | undefined;
  readonly authSecret: string;
  readonly publicUrl: string;
  readonly secureCookies: boolean;
  readonly host: string;
  readonly port: number;
  readonly apiPort: number;
  readonly webPort: number;
  /** Front-door processes on this machine. */
  readonly frontDoors: number;
  /** Bytes of report files that each of them keeps in memory. */
  readonly cacheBytes: number;
  readonly logLevel: string;
  /** `npm run dev`: pages are compiled when asked for. */
  readonly development: boolean;
}

/** The environment said something that cannot be used: one line for each. */
export class ConfigFault extends Error {}

/** @throws {ConfigFault} with one clear line per missing or malformed value. */
export function serviceConfig(): ServiceConfig {
  const found = read(SERVICE);
  const publicUrl = found.NEXTAUTH_URL ?? `http://localhost:${found.PORT}`;
  return {
    databaseUrl: found.DATABASE_URL,
    mongoUrl: found.MONGODB_URL,
    redisUrl: found.REDIS_URL,
    authSecret: found.NEXTAUTH_SECRET,
    publicUrl,
    secureCookies: publicUrl.startsWith('https:'),
    host: found.HOST,
    port: found.PORT,
    apiPort: found.API_PORT,
    webPort: found.WEB_PORT,
    frontDoors: found.WEB_CONCURRENCY,
    cacheBytes: found.DAYBOOK_CACHE_MB * 1024 * 1024,
    logLevel: found.DAYBOOK_LOG,
    development: found.NODE_ENV === 'development',
  };
}

/** What the demo, development and the tests take from the environment: all of it may be missing. */
export const houseConfig = () => read(HOUSE);

/** Where programs are looked for. */
export const searchPath = (): readonly string[] => (process.env['PATH'] ?? '').split(delimiter);

/** The environment for a child, with these values beside it. */
export const childEnvironment = (
  values: Record<string, string | undefined>,
): NodeJS.ProcessEnv => ({
  ...process.env,
  ...values,
});

/** next-auth reads its own address from the environment. */
export function setSignInAddress(publicUrl: string): void {
  process.env['NEXTAUTH_URL'] = publicUrl;
}

function read<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigFault(parsed.error.issues.map((issue) => issue.message).join('\n'));
}
