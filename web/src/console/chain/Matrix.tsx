import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { percentText } from '../../ui/percent.ts';
import { useWords } from '../../ui/words.ts';
import { Failed, Nothing } from '../kit/Notes.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { acceptanceWords, termWords } from './words.ts';

type Row = ItemOf<'GET /v1/settlement-matrix'>;
const shown = 30;
/** As many sellers as the server puts on a page. */
const sellersMax = 60;

/** Stores that take by stores that sold: a page of each at a time. */
export function Matrix({ at }: { readonly at: string | undefined }) {
  const words = useWords(acceptanceWords);
  const [after, setAfter] = useState<{ cursor?: string | undefined; sellersAfter?: string | undefined }>({});
  const { data, error, refetch } = useAsk('GET /v1/settlement-matrix', {
    query: { at, limit: shown, ...after },
  });
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />;
  const sellers = data.items[0]?.sellers ?? [];
  if (data.items.length === 0) return <Nothing text={words.nothing} />;
  const lastSeller = sellers.at(-1)?.sellerId;
  return (
    <>
      <WideTable>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{words.takesRow}</th>
              <th scope="col">{words.rule}</th>
              {sellers.map(({ sellerId, name }) => (
                <th key={sellerId} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((row) => (
              <MatrixRow key={row.storeId} row={row} />
            ))}
          </tbody>
        </table>
      </WideTable>
      {data.nextCursor === null && sellers.length < sellersMax ? null : (
        <nav className="list-foot">
          {sellers.length < sellersMax ? null : (
            <Button onClick={() => setAfter({ ...after, sellersAfter: lastSeller })}>
              {words.moreSellers}
            </Button>
          )}
          {data.nextCursor === null ? null : (
            <Button onClick={() => setAfter({ ...after, cursor: data.nextCursor ?? undefined })}>
              {words.more}
            </Button>
          )}
        </nav>
      )}
    </>
  );
}

function MatrixRow({ row }: { readonly row: Row }) {
  const words = useWords(acceptanceWords);
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className="soft">{row.rule === 'own' ? words.ownOnly : words[row.rule]}</td>
      {row.sellers.map((cell) => (
        <td key={cell.sellerId} className={cell.takes ? 'takes' : 'takes-not'}>
          <MatrixCell cell={cell} isOwn={cell.sellerId === row.storeId} />
        </td>
      ))}
    </tr>
  );
}

function MatrixCell({
  cell: { takes, principalPpm, bonusPpm },
  isOwn,
}: {
  readonly cell: Row['sellers'][number];
  readonly isOwn: boolean;
}) {
  const words = useWords(acceptanceWords);
  const terms = useWords(termWords);
  if (isOwn) return <span className="soft">{words.own}</span>;
  if (!takes)
    return (
      <span title={words.no}>
        ✕<span className="unseen">{words.no}</span>
      </span>
    );
  const ratios = `${terms.principal} ${percentText(principalPpm)}% · ${terms.bonus} ${percentText(bonusPpm)}%`;
  const isWhole = principalPpm === 1_000_000 && bonusPpm === 1_000_000;
  return (
    <span title={`${words.yes}: ${ratios}`}>
      ✓<span className="unseen">{words.yes}</span>
      {isWhole ? null : (
        <span className="small">
          {' '}
          {percentText(principalPpm)}%{bonusPpm === principalPpm ? '' : ` / ${percentText(bonusPpm)}%`}
        </span>
      )}
    </span>
  );
}
