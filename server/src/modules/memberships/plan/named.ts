import { encodeId } from '../../../kernel/id.ts';
import { type Plan, planOf } from './plan.ts';

/**
 * The plan that people call so, in either language, or by its id: as it is sold now, or was last. Of plans of one name that
 * which is still sold; `ambiguous` where that does not tell.
 */
export function planNamed(all: readonly Plan[], text: string): Plan | 'unknown' | 'ambiguous' {
  const name = plain(text);
  const ids = new Set(all.map(({ id }) => id));
  const present = [...ids].flatMap((id) => planOf(all, id) ?? []);
  const called = present.filter(
    (plan) =>
      encodeId('mpl', plan.id) === name || plain(plan.name.zh) === name || plain(plan.name.en) === name,
  );
  const sold = called.filter(({ state }) => state === 'active');
  const [one, other] = sold.length > 0 ? sold : called;
  if (one === undefined) return 'unknown';
  return other === undefined ? one : 'ambiguous';
}

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
