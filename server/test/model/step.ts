import { systemKeyId } from '../../src/modules/people/index.ts';
import type { Command } from '../../src/platform/executor/batch.ts';
import type { UseCase } from '../../src/platform/executor/useCase.ts';
import { commandOf } from '../command.ts';
import { clerkCeiling } from './facts.ts';
import type { World } from './world.ts';

export type ActorName = 'owner' | 'public' | 'clerk' | 'system';

/** What the model says must come of a command. */
export type Verdict = {
  /** All reasons for which it must be refused, with one of them; none: it must be accepted. */
  readonly reasons: readonly string[];
  /** Reasons for which it may be refused as well. */
  readonly perhaps?: readonly string[];
  /** It changes nothing and is not remembered under its key. */
  readonly unchanged?: (body: Record<string, unknown>) => boolean;
  /** What becomes of the model when it is accepted; answers with what the answer's body must contain. */
  readonly apply: (body: Record<string, unknown>, text: string) => Readonly<Record<string, unknown>>;
  /** What becomes of it when it is refused: wrong PINs are counted. */
  readonly refused?: () => void;
};

/** A command with the model's opinion of it, to be asked when its turn comes. */
export type Step = {
  readonly verb: string;
  readonly command: Command;
  readonly judge: () => Verdict;
};

/** What all verbs say alike. */
export type Asking = { readonly actor: ActorName; readonly key: string };

export function stepOf<Input, Rows, Result>(
  world: World,
  verb: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
  { actor, key }: Asking,
  judge: () => Verdict,
): Step {
  const keyId = actor === 'system' ? systemKeyId : world.keys[actor];
  const idempotencyKey = useCase.movesValue ? key : null;
  return { verb, command: commandOf(useCase, input, { keyId, idempotencyKey }), judge };
}

/** A verdict in stages: the first that has a reason speaks, and only there any reason will do. */
export function refusedAt(...stages: readonly (readonly (string | false | undefined)[])[]): string[] {
  for (const stage of stages) {
    const reasons = stage.filter((reason): reason is string => typeof reason === 'string');
    if (reasons.length > 0) return reasons;
  }
  return [];
}

const clerkMay = new Set([
  'verify',
  'activate',
  'deactivate',
  'redeem',
  'hold',
  'capture',
  'release',
  'reverse',
  'refund',
  'reload',
  'freeze',
  'unfreeze',
  'extend',
  'reactivate',
  'transfer',
  'replace',
  'unlock',
  'void',
]);
const publicMay = new Set(['verify', 'redeem', 'hold', 'capture', 'release']);

/** What a key may not do. The clerk's acts for the first store and what it sold, and redeems no more than its ceiling. */
export function denied(actor: ActorName, verb: string, store?: number, amount?: bigint): (string | false)[] {
  if (actor === 'owner' || actor === 'system') return [];
  const may = actor === 'clerk' ? clerkMay : publicMay;
  if (!may.has(verb)) return ['permission_denied'];
  if (actor === 'public') return [];
  return [
    store !== undefined && store !== 0 && 'store_out_of_scope',
    verb === 'redeem' && amount !== undefined && amount > clerkCeiling && 'amount_over_ceiling',
  ];
}
