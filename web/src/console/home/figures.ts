import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

type Account = AnswerOf<'GET /v1/ledger/accounts'>['items'][number];

/** What one store took for cards and redeemed. */
export type StoreFigures = { readonly storeId: string; readonly sold: number; readonly redeemed: number };

export type Figures = {
  readonly stores: readonly StoreFigures[];
  readonly tenders: readonly { readonly tender: string; readonly amount: number }[];
  readonly sold: number;
  readonly redeemed: number;
  readonly anySold: boolean;
  readonly anyRedeemed: boolean;
};

const accountsMax = 200;

/** What the ledger's own accounts say of sales and redemptions, since the beginning; undefined until they are read. */
export function useFigures(currency: string): Figures | undefined {
  const enabled = useMay('ledger.read');
  const query = { limit: accountsMax };
  const tenders = useAsk('GET /v1/ledger/accounts', { query: { ...query, purpose: 'tender' } }, { enabled });
  const revenues = useAsk(
    'GET /v1/ledger/accounts',
    { query: { ...query, purpose: 'revenue' } },
    { enabled },
  );
  if (!tenders.data || !revenues.data) return undefined;
  const ofCurrency = ({ asset }: Account) => asset === currency;
  return figuresOf(tenders.data.items.filter(ofCurrency), revenues.data.items.filter(ofCurrency));
}

/** Accounts of tenders are debits, so what was taken is the other way round. */
function figuresOf(tenders: readonly Account[], revenues: readonly Account[]): Figures {
  const sum = (accounts: readonly Account[]) => accounts.reduce((total, { balance }) => total + balance, 0);
  const storeIds = [...new Set([...tenders, ...revenues].map(({ ownerId }) => ownerId))];
  const names = [...new Set(tenders.map(({ detail }) => detail))];
  const of = (accounts: readonly Account[], storeId: string) =>
    sum(accounts.filter(({ ownerId }) => ownerId === storeId));
  return {
    stores: storeIds.map((storeId) => ({
      storeId,
      sold: -of(tenders, storeId),
      redeemed: of(revenues, storeId),
    })),
    tenders: names.map((tender) => ({
      tender,
      amount: -sum(tenders.filter(({ detail }) => detail === tender)),
    })),
    sold: -sum(tenders),
    redeemed: sum(revenues),
    anySold: tenders.length > 0,
    anyRedeemed: revenues.length > 0,
  };
}
