import { expect, test } from 'vitest';
import { jsonLog } from '../log/log.ts';
import { type Job, restMs, startJobs } from './runner.ts';

const anHour = 3_600_000;

function memoryLog() {
  const lines: string[] = [];
  return {
    lines,
    log: jsonLog(
      (line) => lines.push(line),
      () => new Date(0),
    ),
  };
}

/** A job that hands each of its runs to the test, which says how it ends. */
function heldJob(everyMs: number) {
  const runs: { end: (more: boolean) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const job: Job = {
    name: 'held',
    everyMs,
    run: (signal) => new Promise((end, fail) => runs.push({ end, fail, signal })),
  };
  return { job, runs };
}

const started = (runs: readonly unknown[], count: number) => expect.poll(() => runs.length).toBe(count);

test('a job runs at once, again while there is more, and then rests until it is poked', async () => {
  const { job, runs } = heldJob(anHour);
  const jobs = startJobs([job], memoryLog().log);
  await started(runs, 1);
  runs[0]?.end(true);
  await started(runs, 2);
  runs[1]?.end(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs.length).toBe(2);
  jobs.poke('held');
  await started(runs, 3);
  runs[2]?.end(false);
  await jobs.stop();
});

test('a job that was poked while it ran runs once more, since it may have looked before', async () => {
  const { job, runs } = heldJob(anHour);
  const jobs = startJobs([job], memoryLog().log);
  await started(runs, 1);
  jobs.poke('held');
  jobs.poke('held');
  expect(runs.length).toBe(1);
  runs[0]?.end(false);
  await started(runs, 2);
  runs[1]?.end(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs.length).toBe(2);
  await jobs.stop();
});

test('a job comes round again after its time', async () => {
  const { job, runs } = heldJob(1);
  const jobs = startJobs([job], memoryLog().log);
  for (let n = 0; n < 3; n++) {
    await started(runs, n + 1);
    runs[n]?.end(false);
  }
  await started(runs, 4);
  runs[3]?.end(false);
  await jobs.stop();
});

test('a run that throws is logged with its cause and tried again; other jobs do not notice', async () => {
  const failing = heldJob(1);
  const other = heldJob(anHour);
  const { lines, log } = memoryLog();
  const jobs = startJobs([failing.job, { ...other.job, name: 'other' }], log);
  await started(failing.runs, 1);
  failing.runs[0]?.fail(new Error('no disk', { cause: new Error('it was pulled') }));
  await started(failing.runs, 2);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', job: 'held', failures: 1 });
  expect(lines[0]).toMatch(/no disk.*caused by.*it was pulled/);
  failing.runs[1]?.end(false);
  other.runs[0]?.end(false);
  await jobs.stop();
});

test('a poke does not cut short the rest of a job that fails', async () => {
  const { job, runs } = heldJob(anHour);
  const { lines, log } = memoryLog();
  const jobs = startJobs([job], log);
  await started(runs, 1);
  runs[0]?.fail(new Error('no'));
  await started(lines, 1);
  jobs.poke('held');
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs.length).toBe(1);
  await jobs.stop();
});

test('a stop tells the running job, waits for it, and starts no other run', async () => {
  const { job, runs } = heldJob(1);
  const jobs = startJobs([job], memoryLog().log);
  await started(runs, 1);
  let stopped = false;
  const stop = jobs.stop().then(() => {
    stopped = true;
  });
  expect(runs[0]?.signal.aborted).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  runs[0]?.end(true);
  await stop;
  await jobs.stop();
  expect(runs.length).toBe(1);
});

test('what a job does at the stop comes once, after its last run, and is logged where it fails', async () => {
  const { job, runs } = heldJob(1);
  const { lines, log } = memoryLog();
  const done: string[] = [];
  const atStop = async () => {
    done.push('last');
    throw new Error('no room');
  };
  const jobs = startJobs([{ ...job, atStop }], log);
  await started(runs, 1);
  const stop = jobs.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(done, 'while it runs').toEqual([]);
  runs[0]?.end(true);
  await stop;
  await jobs.stop();
  expect(done).toEqual(['last']);
  expect(lines).toHaveLength(1);
});

test('poking a job that there is not is a mistake', () => {
  expect(() => startJobs([], memoryLog().log).poke('nobody')).toThrow('there is no job nobody');
});

test.each([
  [2000, 0, 2000],
  [2000, 1, 4000],
  [2000, 4, 32_000],
  [2000, 5, 60_000],
  [2000, 2000, 60_000],
  [anHour, 3, anHour],
])('a job of every %i ms that failed %i times in a row rests %i ms', (everyMs, failures, expected) => {
  expect(restMs(everyMs, failures)).toBe(expected);
});
