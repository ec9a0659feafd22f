import { setTimeout as delay } from 'node:timers/promises';
import { refused } from '../../kernel/outcome.ts';
import type { Answer, Command } from './batch.ts';
import { isConflict, isOneCommandsFault, isTransient } from './failures.ts';
import { answerAll, commandsOf, forget, type Lane, type LaneParts } from './lane.ts';
import { NoJournal } from './storage.ts';
import { takeTurn } from './turn.ts';
import { commitLocked, judgeLocked } from './verdict.ts';

/** Carries out all that waits in a lane. Never throws: what goes wrong is the answer of those it goes wrong for. */
export async function work(lane: Lane, parts: LaneParts): Promise<void> {
  while (lane.waiting.length > 0) {
    for (const { batch, wasAhead, error } of await takeTurn(lane, parts)) {
      const commands = commandsOf(batch);
      // What was judged ahead of something else than what came is simply judged now.
      const isJudgedNow = wasAhead && isConflict(error);
      answerAll(
        batch,
        await (isJudgedNow ? carryOut(lane, commands, parts) : carryOutAgain(lane, commands, parts, error)),
      );
    }
  }
}

/** Carries out what has failed, by itself and under the lock: whole where that may help, in halves where one is at fault. */
async function carryOutAgain(
  lane: Lane,
  commands: readonly Command[],
  parts: LaneParts,
  failure: unknown,
): Promise<readonly Answer[]> {
  const { settings, tally } = parts;
  let error = failure;
  for (let attempt = 0; ; attempt++) {
    if (error instanceof NoJournal) return commands.map(() => ({ refusal: refused('unauthenticated') }));
    if (isOneCommandsFault(error) && commands.length > 1) {
      tally.splits++;
      const half = commands.length >> 1;
      const first = await carryOut(lane, commands.slice(0, half), parts);
      return [...first, ...(await carryOut(lane, commands.slice(half), parts))];
    }
    if (!isTransient(error) || attempt >= settings.retriesMax) return commands.map(() => ({ failed: error }));
    tally.retries++;
    await delay(5 << attempt);
    try {
      return await alone(lane, commands, parts);
    } catch (again) {
      error = again;
    }
  }
}

async function carryOut(
  lane: Lane,
  commands: readonly Command[],
  parts: LaneParts,
): Promise<readonly Answer[]> {
  try {
    return await alone(lane, commands, parts);
  } catch (error) {
    return carryOutAgain(lane, commands, parts, error);
  }
}

/** A batch in a turn of its own, over rows that are fetched anew. */
async function alone(lane: Lane, commands: readonly Command[], parts: LaneParts): Promise<readonly Answer[]> {
  parts.tally.batches++;
  parts.tally.commands += commands.length;
  forget(lane);
  const turn = await parts.storage.begin(lane.merchantId);
  try {
    const verdict = await judgeLocked(turn, lane, commands, parts);
    await commitLocked(turn, lane, verdict, parts);
    return verdict.judged.answers;
  } finally {
    await turn.end();
    forget(lane);
  }
}
