// The log of a process: one JSON line per happening, on standard output.
import { type Logger, pino } from 'pino';

/** @param name the process, as operators call it. */
export const createLog = (name: string, level: string): Logger =>
  pino({ name, level, base: { pid: process.pid } });
