import { useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Moment } from '../kit/columns.tsx';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { useProgramName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { Custody } from './custody/Custody.tsx';
import { CustodyLog } from './custody/CustodyLog.tsx';
import { batchWords } from './words.ts';

export function BatchPage() {
  const { id } = useParams({ strict: false });
  return <Guarded by="batches.read">{id === undefined ? null : <OneBatch id={id} />}</Guarded>;
}

function OneBatch({ id }: { readonly id: string }) {
  const words = useWords(batchWords);
  const locale = localeOf(useLanguage());
  const { currency } = useSession().merchant;
  const programName = useProgramName();
  const { data: batch, error, refetch } = useAsk('GET /v1/card-batches/{id}', { params: { id } });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!batch) return <Skeleton active />;
  const { firstSerial, lastSerial, releasedAt } = batch;
  return (
    <Page title={`${words.batch} …${id.slice(-6)}`} lead={programName(batch.programId)}>
      <Panel>
        <Facts
          items={[
            [words.faceValue, formatMoney(batch.faceValue, currency, locale)],
            [words.quantity, batch.quantity.toLocaleString(locale)],
            [words.serials, <span key="serials" className="mono">{`${firstSerial}–${lastSerial}`}</span>],
            [words.released, releasedAt === null ? words.notReleased : <Moment key="at" at={releasedAt} />],
          ]}
        />
      </Panel>
      <Custody batch={batch} />
      <CustodyLog batchId={id} />
    </Page>
  );
}
