import { Link } from '@tanstack/react-router';
import type { ItemOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { type Column, LastDay, Moment, moneyColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import { reminderWords } from './words.ts';

type Ending = ItemOf<'GET /v1/reminders/ending-value'>;
type Low = ItemOf<'GET /v1/reminders/low-wallets'>;
type Membership = ItemOf<'GET /v1/reminders/ending-memberships'>;
type Due = Pick<Ending, 'memberId' | 'wants' | 'toldAt'>;

const lists = ['ending', 'low', 'memberships'] as const;

/** For whom a reminder is due, and who was told. */
export function RemindersPage() {
  const words = useWords(reminderWords);
  const mayMembers = useMay('members.read');
  const { values, set } = useFilters(['list']);
  const offered = lists.filter((list) => list !== 'memberships' || mayMembers);
  const shown = offered.find((list) => list === values.list) ?? 'ending';
  return (
    <Guarded by="wallets.read">
      <Page title={words.title} lead={words.lead}>
        <p className="soft under">{shown === 'low' ? words.lowWhy : words.endingWhy}</p>
        <WhichList
          value={shown}
          onChoose={(list) => set({ list })}
          lists={offered.map((value) => ({ value, label: words[value] }))}
        />
        {shown === 'low' ? <LowList /> : null}
        {shown === 'ending' ? <EndingList /> : null}
        {shown === 'memberships' ? <MembershipList /> : null}
      </Page>
    </Guarded>
  );
}

function LowList() {
  const words = useWords(reminderWords);
  return (
    <ListTable
      name="GET /v1/reminders/low-wallets"
      parts={{}}
      columns={useLowColumns()}
      rowKey={({ memberId }) => memberId}
      filename="low-wallets"
      empty={<Nothing text={words.nothingLow} />}
    />
  );
}

function EndingList() {
  const words = useWords(reminderWords);
  return (
    <ListTable
      name="GET /v1/reminders/ending-value"
      parts={{}}
      columns={useEndingColumns()}
      rowKey={({ memberId, usableUntil }) => `${memberId} ${usableUntil}`}
      filename="ending-value"
      empty={<Nothing text={words.nothingEnding} />}
    />
  );
}

function MembershipList() {
  const words = useWords(reminderWords);
  return (
    <ListTable
      name="GET /v1/reminders/ending-memberships"
      parts={{}}
      columns={useMembershipColumns()}
      rowKey={({ memberId }) => memberId}
      filename="ending-memberships"
      empty={<Nothing text={words.nothingMemberships} />}
    />
  );
}

function useMemberColumn<Item extends Due>(): Column<Item> {
  const words = useWords(reminderWords);
  return {
    key: 'member',
    title: words.member,
    show: ({ memberId }) => (
      <Link to="/wallets/$memberId" params={{ memberId }}>
        <MemberName id={memberId} link={false} />
      </Link>
    ),
    cell: ({ memberId }) => memberId,
  };
}

/** `pending`: who was not told yet will be. */
function useToldColumn<Item extends Due>(pending: boolean): Column<Item> {
  const words = useWords(reminderWords);
  return {
    key: 'told',
    title: words.told,
    show: ({ wants, toldAt }) => {
      if (toldAt !== null) return <Moment at={toldAt} />;
      if (!wants) return <span className="mark">{words.unwanted}</span>;
      return pending ? (
        <span className="mark look">{words.notYet}</span>
      ) : (
        <span className="mark">{words.untold}</span>
      );
    },
    cell: ({ toldAt }) => toldAt,
  };
}

const dayMs = 86_400_000;

/** When something ends, and in how many days that is. */
function useEndColumns<Item>(endOf: (item: Item) => string): readonly Column<Item>[] {
  const words = useWords(reminderWords);
  const daysTo = (item: Item) => Math.ceil((Date.parse(endOf(item)) - Date.now()) / dayMs);
  return [
    {
      key: 'until',
      title: words.until,
      show: (item) => <LastDay before={endOf(item)} />,
      cell: endOf,
    },
    {
      key: 'left',
      title: words.left,
      show: (item) => words.days(daysTo(item)),
      cell: daysTo,
    },
  ];
}

function useEndingColumns(): readonly Column<Ending>[] {
  const words = useWords(reminderWords);
  const amount = moneyColumn<Ending>(
    { key: 'amount', title: words.amount },
    (item) => item.amount,
    ({ currency }) => currency,
  );
  const ends = useEndColumns<Ending>(({ usableUntil }) => usableUntil);
  return [useMemberColumn<Ending>(), amount, ...ends, useToldColumn<Ending>(true)];
}

function useMembershipColumns(): readonly Column<Membership>[] {
  const words = useWords(reminderWords);
  const ends = useEndColumns<Membership>(({ validUntil }) => validUntil);
  const member: Column<Membership> = {
    key: 'member',
    title: words.member,
    show: ({ memberId }) => <MemberName id={memberId} />,
    cell: ({ memberId }) => memberId,
  };
  return [member, ...ends, useToldColumn<Membership>(true)];
}

function useLowColumns(): readonly Column<Low>[] {
  const words = useWords(reminderWords);
  const currencyOf = ({ currency }: Low) => currency;
  return [
    useMemberColumn<Low>(),
    moneyColumn({ key: 'balance', title: words.balance }, ({ balance }) => balance, currencyOf),
    moneyColumn({ key: 'mark', title: words.mark }, ({ lowBelow }) => lowBelow, currencyOf),
    useToldColumn<Low>(false),
  ];
}
