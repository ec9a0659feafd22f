import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { ask, type ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, LastDay, moneyColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { ErrorNote, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { Outstanding } from './Outstanding.tsx';
import { PolicyDialog } from './PolicyDialog.tsx';
import { valueWords } from './words.ts';

type Wallet = ItemOf<'GET /v1/wallets'>;
const holdings = ['some', 'none'] as const;

/** What members hold prepaid: all of it together, then each of them. */
export function WalletsPage() {
  const words = useWords(valueWords);
  const navigate = useNavigate();
  const { values, set } = useFilters(['holding']);
  const mayRule = useMay('wallets.rules');
  const keepsBooks = useMay('balances.read');
  const [isRuling, setRuling] = useState(false);
  const holding = holdings.find((one) => one === values.holding);
  return (
    <Guarded by="wallets.read">
      <Page
        title={words.title}
        lead={words.lead}
        actions={mayRule ? <Button onClick={() => setRuling(true)}>{words.rules}</Button> : undefined}
      >
        {keepsBooks ? <Outstanding /> : null}
        <ListTable
          name="GET /v1/wallets"
          parts={{ query: { holding } }}
          columns={useWalletColumns()}
          rowKey={({ memberId }) => memberId}
          filename="wallets"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ memberId }) => void navigate({ to: '/wallets/$memberId', params: { memberId } })}
          filters={
            <>
              <FindMember />
              <ChoiceFilter
                label={words.holding}
                any={words.anyHolding}
                value={holding}
                options={holdings.map((one) => ({ value: one, label: words[one] }))}
                onChoose={(wanted) => set({ holding: wanted })}
              />
            </>
          }
        />
        {isRuling ? <PolicyDialog onClose={() => setRuling(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function useWalletColumns(): readonly Column<Wallet>[] {
  const words = useWords(valueWords);
  const currencyOf = ({ currency }: Wallet) => currency;
  const money = (key: 'total' | 'principal' | 'bonus' | 'later') =>
    moneyColumn<Wallet>({ key, title: words[key] }, ({ balance }) => balance?.[key] ?? null, currencyOf);
  return [
    {
      key: 'member',
      title: words.member,
      show: ({ memberId }) => (
        <Link to="/wallets/$memberId" params={{ memberId }}>
          <MemberName id={memberId} link={false} />
        </Link>
      ),
      cell: ({ memberId }) => memberId,
    },
    money('total'),
    money('principal'),
    money('bonus'),
    money('later'),
    {
      key: 'ends',
      title: words.endsNext,
      show: ({ endsNext }) =>
        endsNext === null ? <span className="none">{words.never}</span> : <LastDay before={endsNext} />,
      cell: ({ endsNext }) => endsNext,
    },
  ];
}

/** Goes to the wallet of whoever has a number, which stands in no address. */
function FindMember() {
  const words = useWords(valueWords);
  const navigate = useNavigate();
  const may = useMay('members.read');
  const [isNobody, setNobody] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  if (!may) return null;
  const find = async (text: string) => {
    const phone = text.replaceAll(/\s/g, '');
    setNobody(false);
    setError(null);
    if (phone === '') return;
    try {
      const { body } = await ask('GET /v1/members', { query: { phone } });
      const memberId = body.items[0]?.id;
      if (memberId === undefined) setNobody(true);
      else await navigate({ to: '/wallets/$memberId', params: { memberId } });
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    }
  };
  return (
    <>
      <Input.Search
        className="filter wide"
        aria-label={words.phone}
        placeholder={words.phone}
        allowClear
        inputMode="tel"
        onSearch={(text) => void find(text)}
      />
      {isNobody ? <Alert type="info" showIcon title={words.nobody} /> : null}
      <ErrorNote error={error} />
    </>
  );
}
