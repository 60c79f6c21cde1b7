// What operators watch of the front door. The numbers of several front doors of one machine add up: see
// `cluster-metrics.ts`. What is called per request allocates nothing.
import { collectDefaultMetrics, Registry } from 'prom-client';
import { counterOf, gaugeOf, histogramOf } from './plain-metrics.ts';

/** What was asked for. `report` is a report address that isn't a file we make; `refused` never reached a handler. */
export const ROUTES = [
  'report.pdf',
  'report.json',
  'report.csv',
  'report.xlsx',
  'report',
  'live',
  'operators',
  'api',
  'web',
  'refused',
] as const;
export type Route = (typeof ROUTES)[number];

/** Look-ups found in memory, and those that weren't. */
export interface CacheCounts {
  readonly hits: number;
  readonly misses: number;
}

/** What the front door can be asked about itself at any time. */
export interface FrontDoorState {
  /** Since the change stream last proved that it is alive. */
  streamAgeMs(): number;
  /** Whether heads in memory are given without asking MongoDB. */
  streamTrusted(): boolean;
  cacheBytes(): number;
  readonly caches: { readonly heads: CacheCounts; readonly bytes: CacheCounts };
  /** Files made since the start, and the time that took. */
  renders(): { readonly count: number; readonly seconds: number };
  /** Files that wait for a thread. */
  renderQueue(): number;
  liveStreams(): number;
}

export interface FrontDoorMetrics {
  /** Once per answer. */
  answered(route: Route, status: number, ms: number): void;
  /** This process's numbers, in Prometheus' text format. */
  readonly register: Registry;
}

const STATUSES = 500;
const SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
];
const INDEX = Object.fromEntries(ROUTES.map((route, at) => [route, at])) as Record<Route, number>;

/** The counters of one process, with their registry. */
export function frontDoorMetrics(state: FrontDoorState): FrontDoorMetrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const answers = new Float64Array(ROUTES.length * STATUSES);
  const requests = histogramOf(
    { name: 'daybook_request_seconds', help: 'From a request to the end of its answer' },
    ...(['route', ROUTES, SECONDS] as const),
  );
  const all = [
    requests.metric,
    counterOf({ name: 'daybook_requests_total', help: 'Answered requests' }, () =>
      statusValues(answers),
    ),
    counterOf(
      { name: 'daybook_cache_lookups_total', help: 'Look-ups in memory, found there or not' },
      () => cacheValues(state.caches),
    ),
    counterOf({ name: 'daybook_renders_total', help: 'Files made' }, () => [
      { labels: {}, value: state.renders().count },
    ]),
    counterOf({ name: 'daybook_render_seconds_total', help: 'Time spent on making files' }, () => [
      { labels: {}, value: state.renders().seconds },
    ]),
    ...stateGauges(state),
  ];
  for (const metric of all) register.registerMetric(metric);
  return {
    register,
    answered(route, status, ms) {
      const row = INDEX[route];
      // `live` streams last as long as a screen is open: their time says nothing.
      if (route !== 'live') requests.observe(row, ms / 1000);
      answers[row * STATUSES + status - 100]!++;
    },
  };
}

const stateGauges = (state: FrontDoorState) => [
  gaugeOf(
    {
      name: 'daybook_stream_age_seconds',
      help: 'Since the change stream last proved that it is alive',
    },
    'max',
    () => state.streamAgeMs() / 1000,
  ),
  gaugeOf(
    { name: 'daybook_streams_trusted', help: 'Front doors whose change stream is trusted' },
    'sum',
    () => (state.streamTrusted() ? 1 : 0),
  ),
  gaugeOf({ name: 'daybook_cache_bytes', help: 'Bytes of files in memory' }, 'sum', () =>
    state.cacheBytes(),
  ),
  gaugeOf({ name: 'daybook_render_queue', help: 'Files that wait for a thread' }, 'sum', () =>
    state.renderQueue(),
  ),
  gaugeOf({ name: 'daybook_live_streams', help: 'Open live streams' }, 'sum', () =>
    state.liveStreams(),
  ),
];

function statusValues(answers: Float64Array) {
  return ROUTES.flatMap((route, row) =>
    Array.from(answers.subarray(row * STATUSES, (row + 1) * STATUSES)).flatMap((value, at) =>
      value === 0 ? [] : [{ labels: { route, status: `${at + 100}` }, value }],
    ),
  );
}

const cacheValues = (caches: Readonly<Record<string, CacheCounts>>) =>
  Object.entries(caches).flatMap(([cache, { hits, misses }]) => [
    { labels: { cache, result: 'hit' }, value: hits },
    { labels: { cache, result: 'miss' }, value: misses },
  ]);

/** The route of a request by who answers it and how its address ends. */
export function routeOf(handler: string, path: string): Route {
  if (handler !== 'report') return (handler in INDEX ? handler : 'refused') as Route;
  if (path.endsWith('pdf')) return 'report.pdf';
  if (path.endsWith('json')) return 'report.json';
  if (path.endsWith('csv')) return 'report.csv';
  return path.endsWith('xlsx') ? 'report.xlsx' : 'report';
}
