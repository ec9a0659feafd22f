import { isDeepStrictEqual } from 'node:util';
import { assert } from '../../src/kernel/assert.ts';
import type { CardDesk } from '../../src/modules/cards/index.ts';
import type { Command } from '../../src/platform/executor/batch.ts';
import { alone, type Came, inTurn, together } from '../command.ts';
import { startOfWorld } from './facts.ts';
import { bookkeeper } from './invariants.ts';
import { type Model, newModel } from './model.ts';
import { type Draw, stepFor, wait } from './script.ts';
import type { Step, Verdict } from './step.ts';
import type { State, System, TwinSystem } from './systems.ts';
import { openWorld } from './world.ts';

/** Commands that were sent at one time, with what came of them. */
type Group = { readonly at: Date; readonly commands: Command[]; readonly came: Came[] };
export type Story = { readonly groups: readonly Group[]; readonly state: State };

/** How often each verb was accepted, and each reason was given. */
export type Counts = {
  commands: number;
  readonly accepted: Map<string, number>;
  readonly refused: Map<string, number>;
};
export const newCounts = (): Counts => ({ commands: 0, accepted: new Map(), refused: new Map() });
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

/** Runs draws one by one over the twin, and holds each answer and all books against the model. */
export async function tell(
  twin: TwinSystem,
  merchantId: string,
  desk: CardDesk,
  draws: readonly Draw[],
  counts: Counts,
): Promise<Story> {
  const world = await openWorld(twin, merchantId, desk);
  const model = newModel(world);
  model.now = startOfWorld;
  const books = bookkeeper(model, twin.rows(merchantId));
  const steps: Step[] = [];
  const groups: Group[] = [];
  for (const [n, drawn] of draws.entries()) {
    let group = groups.at(-1);
    if (drawn.joins === 'no' || group === undefined) {
      wait(model, drawn);
      twin.time.now = model.now;
      group = { at: model.now, commands: [], came: [] };
      groups.push(group);
    }
    const step = stepFor(model, drawn, n, steps);
    steps.push(step);
    const came = await alone(twin.executor, merchantId, step.command);
    group.commands.push(step.command);
    group.came.push(came);
    counts.commands++;
    try {
      hold(model, step, came, counts);
      books.check();
    } catch (cause) {
      const { input } = step.command;
      const shown = JSON.stringify({ verb: step.verb, at: model.now, input, came }, (_k, v: unknown) =>
        typeof v === 'bigint' ? `${v}n` : v,
      );
      throw new Error(`command ${n}: ${cause instanceof Error ? cause.message : String(cause)}\n${shown}`, {
        cause,
      });
    }
  }
  return { groups, state: await twin.state(merchantId) };
}

const askedFirst = ['permission_denied', 'store_out_of_scope', 'amount_over_ceiling'];

/** Holds what came of a command against what the model says, and lets the model follow. */
function hold(model: Model, step: Step, came: Came, counts: Counts): void {
  assert(!('failed' in came), `it failed: ${JSON.stringify(came)}`);
  const { idempotencyKey, fingerprint } = step.command;
  const earlier = idempotencyKey === null ? undefined : model.keys.get(idempotencyKey);
  const verdict = step.judge();
  if (earlier !== undefined) {
    const same = fingerprint !== null && earlier.asked === fingerprint.toString('hex');
    const denied = verdict.reasons.filter((reason) => askedFirst.includes(reason));
    if (same && denied.length > 0) {
      assert('refused' in came && denied.includes(came.refused), 'who may not ask is told no answer');
      count(counts.refused, came.refused);
      return;
    }
    if (same) {
      assert('body' in came && came.body === earlier.answer, 'a replay gives the same bytes');
      return;
    }
    const reasons = ['idempotency_key_reused', ...denied];
    assert('refused' in came && reasons.includes(came.refused), 'a key is good for one request');
    count(counts.refused, came.refused);
    return;
  }
  if ('refused' in came) {
    holdRefusal(verdict, came.refused, counts);
    return;
  }
  assert(verdict.reasons.length === 0, `it should have been refused: ${verdict.reasons.join(' or ')}`);
  const body: Record<string, unknown> = JSON.parse(came.body);
  const unchanged = verdict.unchanged?.(body) === true;
  const expected = verdict.apply(body, came.body);
  for (const [name, value] of Object.entries(expected)) {
    assert(
      isDeepStrictEqual(body[name], value),
      `${name} is ${JSON.stringify(body[name])}, and should be ${JSON.stringify(value)}`,
    );
  }
  count(counts.accepted, step.verb);
  for (const one of Array.isArray(body.rejected) ? body.rejected : [])
    count(counts.refused, String(one.reason));
  if (idempotencyKey !== null && !unchanged) {
    model.keys.set(idempotencyKey, { asked: fingerprint?.toString('hex'), answer: came.body });
  }
}

function holdRefusal(verdict: Verdict, reason: string, counts: Counts): void {
  const reasons = [...verdict.reasons, ...(verdict.perhaps ?? [])];
  assert(
    reasons.includes(reason),
    `refused with ${reason}, and should have been ${reasons.join(' or ') || 'accepted'}`,
  );
  count(counts.refused, reason);
  if (verdict.reasons.length > 0) verdict.refused?.();
}

/** Runs the same commands at the same times in another system, at once or one by one: the same answers, the same rows. */
export async function retell(
  story: Story,
  system: System,
  merchantId: string,
  desk: CardDesk,
  how: 'at once' | 'one by one',
): Promise<void> {
  await openWorld(system, merchantId, desk);
  for (const { at, commands, came } of story.groups) {
    system.time.now = at;
    const run = how === 'at once' ? together : inTurn;
    const answers = await run(system.executor, merchantId, commands);
    if (!isDeepStrictEqual(answers, came)) {
      const n = answers.findIndex((answer, at) => !isDeepStrictEqual(answer, came[at]));
      throw new Error(
        `${how}, command ${n} of a batch came to ${JSON.stringify(answers[n])}, not ${JSON.stringify(came[n])}`,
      );
    }
  }
  const state = await system.state(merchantId);
  for (const [name, rows] of Object.entries(story.state)) {
    const others = state[name] ?? [];
    for (const [n, row] of rows.entries()) {
      if (!isDeepStrictEqual(others[n], row))
        throw new Error(`${how}, ${name} differ:\n${shown(others[n])}\n${shown(row)}`);
    }
    assert(others.length === rows.length, `${how}, there are ${others.length} ${name}, not ${rows.length}`);
  }
}

function shown(row: unknown): string {
  return JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
