import type { Tally } from '../executor/lane.ts';

const boundsMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];

type Series = { count: number; sumMs: number; readonly buckets: number[] };

export type Metrics = {
  request(route: string, status: number, milliseconds: number): void;
  refusal(code: string): void;
  /** The Prometheus text format, version 0.0.4. */
  text(executor: Tally): string;
};

/** Counts of what the service has done since it started. */
export function countMetrics(): Metrics {
  const requests = new Map<string, Series>();
  const refusals = new Map<string, number>();
  return {
    request(route, status, milliseconds) {
      const name = `${route}|${status}`;
      let series = requests.get(name);
      if (!series) {
        series = { count: 0, sumMs: 0, buckets: boundsMs.map(() => 0) };
        requests.set(name, series);
      }
      series.count++;
      series.sumMs += milliseconds;
      const bucket = boundsMs.findIndex((bound) => milliseconds <= bound);
      if (bucket >= 0) series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
    },
    refusal(code) {
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
    },
    text: ({ kept, ...work }) =>
      [
        ...requestLines(requests),
        '# HELP scrip_refusals_total Commands refused, by code.',
        '# TYPE scrip_refusals_total counter',
        ...[...refusals].map(([code, count]) => `scrip_refusals_total{code="${code}"} ${count}`),
        '# HELP scrip_executor_total Work of the executor.',
        '# TYPE scrip_executor_total counter',
        ...Object.entries(work).map(([what, count]) => `scrip_executor_total{what="${what}"} ${count}`),
        '# HELP scrip_executor_kept Rows and keys in memory of merchants for whom nothing is carried out.',
        '# TYPE scrip_executor_kept gauge',
        `scrip_executor_kept ${kept}`,
        '# HELP process_cpu_seconds_total Processor time, user and system.',
        '# TYPE process_cpu_seconds_total counter',
        `process_cpu_seconds_total ${processorSeconds()}`,
        '# HELP process_resident_memory_bytes Resident memory.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '',
      ].join('\n'),
  };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function requestLines(requests: ReadonlyMap<string, Series>): string[] {
  const lines = [
    '# HELP scrip_http_request_seconds Time from a request to its answer.',
    '# TYPE scrip_http_request_seconds histogram',
  ];
  for (const [name, { count, sumMs, buckets }] of requests) {
    const [route = '', status = ''] = name.split('|');
    const labels = `route="${route}",status="${status}"`;
    let below = 0;
    boundsMs.forEach((bound, n) => {
      below += buckets[n] ?? 0;
      lines.push(`scrip_http_request_seconds_bucket{${labels},le="${bound / 1000}"} ${below}`);
    });
    lines.push(`scrip_http_request_seconds_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`scrip_http_request_seconds_sum{${labels}} ${sumMs / 1000}`);
    lines.push(`scrip_http_request_seconds_count{${labels}} ${count}`);
  }
  return lines;
}
