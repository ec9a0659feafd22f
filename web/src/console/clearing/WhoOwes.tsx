import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { ask } from '../../api/client.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { pageMax, readAll } from '../kit/names.ts';
import { Panel } from '../kit/Page.tsx';
import { periodWords, statementWords } from './words.ts';

const NetChart = lazy(() =>
  import('./NetChart.tsx').then(({ NetChart: component }) => ({ default: component })),
);

/** Who is owed and who owes at the end of a period, in the merchant's currency; nothing where all are even. */
export function WhoOwes({ periodId }: { readonly periodId: string }) {
  const words = useWords(periodWords);
  const { merchantItself } = useWords(statementWords);
  const { currency } = useSession().merchant;
  const { data = [] } = useQuery({
    queryKey: ['all', 'statements', periodId],
    queryFn: () =>
      readAll((cursor) =>
        ask('GET /v1/settlement-statements', { query: { periodId, cursor, limit: pageMax } }),
      ),
  });
  const rows = data.flatMap(({ name, totals }) => {
    const closing = totals.find((total) => total.currency === currency)?.closing ?? 0;
    return closing === 0 ? [] : [{ name: name ?? merchantItself, closing }];
  });
  if (rows.length === 0) return null;
  return (
    <Panel title={words.whoOwes}>
      <Suspense fallback={<Skeleton active />}>
        <NetChart rows={rows} currency={currency} />
      </Suspense>
    </Panel>
  );
}
