import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useFilters } from '../kit/paging.ts';
import { Tile } from './Tile.tsx';
import { homeWords } from './words.ts';

const readEveryMs = 30_000;

/** How it stands today with members and what they hold prepaid; nothing where there is none of either. */
export function MemberTiles({ day }: { readonly day: string }) {
  const words = useWords(homeWords);
  const locale = localeOf(useLanguage());
  const { currency } = useSession().merchant;
  const { values } = useFilters(['store']);
  const query = { from: day, to: day, storeId: values.store };
  const every = { everyMs: () => readEveryMs };
  const value = useAsk('GET /v1/reports/stored-value', { query }, every).data?.points;
  const club = useAsk('GET /v1/reports/members', { query }, every).data?.points.at(-1);
  const held = value?.find((point) => point.currency === currency);
  if (!held && !club?.members && !club?.joined) return null;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  return (
    <div className="tiles">
      <Tile label={words.toppedUp} note={words.givenToo(money(held?.given ?? 0))}>
        {money(held?.loaded ?? 0)}
      </Tile>
      <Tile label={words.spentByMembers} note={words.purchases(club?.visits ?? 0)} to="/purchases">
        {money(held?.spent ?? 0)}
      </Tile>
      <Tile label={words.paidBack} note={words.lapsed(money(held?.expired ?? 0))}>
        {money(held?.refunded ?? 0)}
      </Tile>
      <Tile
        label={words.onWallets}
        note={words.ofWhichBonus(money(held?.bonus ?? 0))}
        to="/ledger?purpose=wallet"
      >
        {money((held?.principal ?? 0) + (held?.bonus ?? 0))}
      </Tile>
      <Tile label={words.newMembers} note={words.membersNow(club?.members ?? null)} to="/members">
        {(club?.joined ?? 0).toLocaleString(locale)}
      </Tile>
    </div>
  );
}
