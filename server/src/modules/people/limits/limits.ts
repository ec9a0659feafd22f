import { jsonAmount } from '../../../kernel/money.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { isPermission, type Permission, permissionWords } from '../permissions.ts';

/** What one verb may amount to, in minor units. */
export type Limit = {
  /** At once. */
  readonly each?: bigint | undefined;
  /** Together in one day of the merchant's. What is undone later is not given back. */
  readonly day?: bigint | undefined;
};

/** A verb that is not in it has no limit. */
export type Limits = ReadonlyMap<Permission, Limit>;

/** The largest single amount for each verb that has one: the lowest of several. */
export function ceilingsOf(limits: Limits, others: ReadonlyMap<Permission, bigint>): Map<Permission, bigint> {
  const ceilings = new Map(others);
  for (const [word, { each }] of limits) {
    const other = ceilings.get(word);
    if (each !== undefined && (other === undefined || each < other)) ceilings.set(word, each);
  }
  return ceilings;
}

/** The first of these verbs for which the limits allow more than an actor may. */
export function looserThan(
  limits: Limits,
  { ceilings, dayCeilings }: Pick<Actor, 'ceilings' | 'dayCeilings'>,
  given: ReadonlySet<Permission>,
): Permission | undefined {
  return [...given].find((word) => {
    const { each, day } = limits.get(word) ?? {};
    return exceeds(each, ceilings.get(word)) || exceeds(day, dayCeilings?.get(word));
  });
}

function exceeds(own: bigint | undefined, other: bigint | undefined): boolean {
  return other !== undefined && (own === undefined || own > other);
}

/** The most that each verb may amount to in a day, where it has one. */
export function dayCeilingsOf(limits: Limits): Map<Permission, bigint> {
  return new Map([...limits].flatMap(([word, { day }]) => (day === undefined ? [] : [[word, day] as const])));
}

/** Limits as the API shows them. */
export function limitsAnswer(limits: Limits) {
  return Object.fromEntries(
    permissionWords.flatMap((word) => {
      const limit = limits.get(word);
      if (!limit) return [];
      const { each, day } = limit;
      return [
        [
          word,
          {
            ...(each === undefined ? {} : { each: jsonAmount(each) }),
            ...(day === undefined ? {} : { day: jsonAmount(day) }),
          },
        ],
      ];
    }),
  );
}

/** Limits as they stand in a row. */
export type LimitsRow = Readonly<Record<string, { readonly each?: string; readonly day?: string }>>;

/** Limits out of a row. */
export function limitsOf(row: LimitsRow): Limits {
  const limits = new Map<Permission, Limit>();
  for (const [word, { each, day }] of Object.entries(row)) {
    if (!isPermission(word)) continue;
    limits.set(word, {
      each: each === undefined ? undefined : BigInt(each),
      day: day === undefined ? undefined : BigInt(day),
    });
  }
  return limits;
}

/** Limits as they stand in a row. */
export function limitsRow(limits: Limits): LimitsRow {
  const texts = [...limits].map(([word, { each, day }]): [string, LimitsRow[string]] => [
    word,
    {
      ...(each === undefined ? {} : { each: String(each) }),
      ...(day === undefined ? {} : { day: String(day) }),
    },
  ]);
  return Object.fromEntries(texts);
}

/** Limits for a row, as text of JSON. */
export function limitsText(limits: Limits): string {
  return JSON.stringify(limitsRow(limits));
}
