import { createHash } from 'node:crypto';
import { systemKeyId } from '../src/modules/people/index.ts';
import type { Answer, Command } from '../src/platform/executor/batch.ts';
import type { Executor } from '../src/platform/executor/executor.ts';
import type { UseCase } from '../src/platform/executor/useCase.ts';

export type Asking = {
  /** The API key's id; left out: the system. */
  readonly keyId?: string;
  readonly idempotencyKey?: string | null;
};

/** A command as the edge makes it of a request; the fingerprint covers the use case and its input. */
export function commandOf<Input, Rows, Result>(
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
  { keyId = systemKeyId, idempotencyKey = null }: Asking = {},
): Command {
  const fingerprint =
    idempotencyKey === null
      ? null
      : createHash('sha256').update(useCase.name).update(JSON.stringify(input, bigintText)).digest();
  // The executor queues commands of all use cases, so a command forgets what its input is; here the two still match.
  return { useCase, input, keyId, idempotencyKey, fingerprint } as unknown as Command;
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}

/** What became of a command, in one word or its body: easy to compare and to read in a failure. */
export type Came = { readonly body: string } | { readonly refused: string } | { readonly failed: string };

export function cameOf(answer: Answer): Came {
  if ('body' in answer) return { body: answer.body };
  if ('refusal' in answer) return { refused: answer.refusal.refused };
  return { failed: answer.failed instanceof Error ? answer.failed.message : String(answer.failed) };
}

/** Runs commands at once: they are one batch, as far as it takes so many. */
export function together(
  executor: Executor,
  merchantId: string,
  commands: readonly Command[],
): Promise<Came[]> {
  return Promise.all(commands.map((command) => alone(executor, merchantId, command)));
}

/** Runs one command by itself. */
export async function alone(executor: Executor, merchantId: string, command: Command): Promise<Came> {
  try {
    return cameOf(await executor.run(merchantId, command));
  } catch (failed) {
    return cameOf({ failed });
  }
}

/** Runs commands one after another, each in a batch of its own. */
export async function inTurn(
  executor: Executor,
  merchantId: string,
  commands: readonly Command[],
): Promise<Came[]> {
  const answers: Came[] = [];
  for (const command of commands) answers.push(await alone(executor, merchantId, command));
  return answers;
}
