import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

/** Whether a card was ever sold, and one ever redeemed; undefined until that is known, or where it may not be. */
export function useFirsts(): { readonly anySold: boolean; readonly anyRedeemed: boolean } | undefined {
  const enabled = useMay('cards.read');
  const query = { limit: 1 };
  const everActivated = { ...query, activatedFrom: '2000-01-01T00:00:00Z' };
  const sold = useAsk('GET /v1/cards', { query: everActivated }, { enabled });
  const redeemed = useAsk('GET /v1/redemptions', { query }, { enabled });
  if (!sold.data || !redeemed.data) return undefined;
  return { anySold: sold.data.items.length > 0, anyRedeemed: redeemed.data.items.length > 0 };
}
