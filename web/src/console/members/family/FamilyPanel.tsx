import { Link } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import type { ItemOf } from '../../../api/client.ts';
import { useAsk, useCommand } from '../../../ui/asking.ts';
import { formatMoney } from '../../../ui/money.ts';
import { useMay } from '../../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Moment } from '../../kit/columns.tsx';
import { ErrorNote, Failed } from '../../kit/Notes.tsx';
import { Panel } from '../../kit/Page.tsx';
import { kitWords } from '../../words.ts';
import { familyWords } from './words.ts';

type Share = ItemOf<'GET /v1/members/{id}/family'>;

const shownAtOnce = 50;
const tones = { offered: 'look', active: 'good', ended: 'quiet' } as const;
const endings = {
  payer: 'byPayer',
  relative: 'byRelative',
  staff: 'byStaff',
  merge: 'byMerge',
  lapse: 'byLapse',
} as const;

/** Who may pay from a member's wallet, and from whose this one may; nothing where they share with nobody. */
export function FamilyPanel({ memberId }: { readonly memberId: string }) {
  const words = useWords(familyWords);
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/family', {
    params: { id: memberId },
    query: { limit: shownAtOnce },
  });
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title={words.title}>
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">{words.who}</th>
            <th scope="col">{words.limits}</th>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((share) => (
            <tr key={share.id}>
              <th scope="row">
                <Other share={share} memberId={memberId} />
              </th>
              <td>
                <Limits share={share} />
              </td>
              <td>
                <State share={share} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** The other of the two, and which way it goes. */
function Other({ share, memberId }: { readonly share: Share; readonly memberId: string }) {
  const words = useWords(familyWords);
  const isPayer = share.payer?.id === memberId;
  const other = isPayer ? share.relative : share.payer;
  return (
    <>
      {other ? (
        <Link to="/members/$id" params={{ id: other.id }}>
          {other.name ?? other.phone}
        </Link>
      ) : (
        <span className="none">{share.phoneEnd === null ? words.gone : words.number(share.phoneEnd)}</span>
      )}
      <br />
      <span className="soft small">{isPayer ? words.lets : words.may}</span>
    </>
  );
}

function Limits({ share }: { readonly share: Share }) {
  const words = useWords(familyWords);
  const locale = localeOf(useLanguage());
  const { paymentMax, dayMax, leftToday, withDiscount, currency, state } = share;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const inDay = (most: number) =>
    state === 'active' ? words.inDay(money(most), money(leftToday ?? 0)) : words.aDay(money(most));
  const parts = [
    ...(paymentMax === null ? [] : [words.atOnce(money(paymentMax))]),
    ...(dayMax === null ? [] : [inDay(dayMax)]),
    ...(paymentMax === null && dayMax === null ? [words.noLimit] : []),
    ...(withDiscount ? [words.discount] : []),
  ];
  return <span className="small">{parts.join(' · ')}</span>;
}

function State({ share: { id, state, endedBy, endedAt } }: { readonly share: Share }) {
  const words = useWords(familyWords);
  const kit = useWords(kitWords);
  const may = useMay('members.share');
  const end = useCommand('POST /v1/family-shares/{id}/end');
  return (
    <>
      <span className={`mark ${tones[state]}`}>{words[state]}</span>
      {endedBy === null || endedAt === null ? null : (
        <span className="soft small">
          {' '}
          {words[endings[endedBy]]} · <Moment at={endedAt} day />
        </span>
      )}
      {may && state !== 'ended' ? (
        <Popconfirm
          title={words.endWhy}
          okText={words.end}
          cancelText={kit.cancel}
          onConfirm={() => end.mutate({ params: { id } })}
        >
          <Button size="small" type="link" loading={end.isPending}>
            {words.end}
          </Button>
        </Popconfirm>
      ) : null}
      <ErrorNote error={end.error} />
    </>
  );
}
