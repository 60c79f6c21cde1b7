// autocannon ships no types; this is the part that is used here.
declare module 'autocannon' {
  interface Result {
    readonly errors: number;
    readonly requests: { readonly average: number };
    readonly latency: { readonly p50: number; readonly p99: number };
    readonly statusCodeStats?: Readonly<Record<string, unknown>>;
  }
  export default function autocannon(options: {
    url: string;
    headers: Record<string, string>;
    connections: number;
    duration: number;
  }): Promise<Result>;
}
