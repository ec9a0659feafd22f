import type { ReactNode } from 'react';
import { Money } from '../kit/columns.tsx';

export const moves = [
  'loads',
  'kept',
  'honoured',
  'honouredElsewhere',
  'refunds',
  'adjustments',
  'fees',
  'netting',
  'payments',
] as const;
export type Move = (typeof moves)[number];
export type FigureName = 'opening' | Move | 'net' | 'closing';

export type Figures = Readonly<Record<FigureName, number>> & { readonly currency: string };

const always: readonly Move[] = ['loads', 'honoured', 'honouredElsewhere', 'refunds'];

/** The columns in which there is anything, with those that every statement has. */
export function figureNames(rows: readonly Figures[]): readonly FigureName[] {
  const shown = moves.filter((name) => always.includes(name) || rows.some((row) => row[name] !== 0));
  return ['opening', ...shown, 'net', 'closing'];
}

/** One figure of each currency, under each other. */
export function FigureOf({
  totals,
  name,
}: {
  readonly totals: readonly Figures[];
  readonly name: FigureName;
}): ReactNode {
  if (totals.length === 0) return <span className="none">–</span>;
  return totals.map((total) => (
    <div key={total.currency}>
      <Figure amount={total[name]} currency={total.currency} />
    </div>
  ));
}

/** An amount; nothing at all is told quietly, unless it is what matters. */
export function Figure({
  amount,
  currency,
  isZero = false,
}: {
  readonly amount: number;
  readonly currency: string;
  /** Zero is written out. */
  readonly isZero?: boolean;
}) {
  if (amount === 0 && !isZero) return <span className="none">–</span>;
  return <Money amount={amount} currency={currency} />;
}
