import { Button, Form, InputNumber, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { LastDay, Moment, Money } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { Failed } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { eventWords } from '../records/events/words.ts';
import { kitWords } from '../words.ts';
import { purseWords } from './words.ts';

type Purse = AnswerOf<'GET /v1/members/{id}/points'>;
const latest = 8;

/** A member's points: how many, until when, and what happened to them last. */
export function Purse({ memberId }: { readonly memberId: string }) {
  const words = useWords(purseWords);
  const mayAdjust = useMay('points.adjust');
  const [isAdjusting, setAdjusting] = useState(false);
  const params = { id: memberId };
  const { data, error, refetch } = useAsk('GET /v1/members/{id}/points', { params });
  const adjust = mayAdjust ? (
    <Button size="small" onClick={() => setAdjusting(true)}>
      {words.adjust}
    </Button>
  ) : null;
  return (
    <Panel title={words.title} extra={adjust}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data ? <Standing purse={data} /> : error ? null : <Skeleton active />}
      <Latest memberId={memberId} />
      {isAdjusting ? <AdjustDialog memberId={memberId} onClose={() => setAdjusting(false)} /> : null}
    </Panel>
  );
}

function Standing({ purse }: { readonly purse: Purse }) {
  const words = useWords(purseWords);
  const locale = localeOf(useLanguage());
  const { usable, pending, owed, worth, currency, lots } = purse;
  const count = (points: number) => <strong className="money">{points.toLocaleString(locale)}</strong>;
  return (
    <>
      <div className="figures">
        <div className="figure">
          <span className="soft">{words.usable}</span>
          {count(usable)}
        </div>
        {pending === 0 ? null : (
          <div className="figure">
            <span className="soft">{words.pending}</span>
            {count(pending)}
          </div>
        )}
        {owed === 0 ? null : (
          <div className="figure" title={words.owedWhy}>
            <span className="soft">{words.owed}</span>
            {count(owed)}
          </div>
        )}
        {worth === 0 ? null : (
          <div className="figure">
            <span className="soft">{words.worth}</span>
            <strong>
              <Money amount={worth} currency={currency} />
            </strong>
          </div>
        )}
      </div>
      {lots.length === 0 ? null : (
        <>
          <h3 className="not-now">{words.lots}</h3>
          <ul className="lots">
            {lots.map(({ points, isUsable, usableFrom, lapsesAt }) => (
              <li key={`${usableFrom} ${lapsesAt}`}>
                <span className="soft small">
                  {isUsable || usableFrom === null ? null : (
                    <>
                      <Moment at={usableFrom} day /> {words.from} ·{' '}
                    </>
                  )}
                  {lapsesAt === null ? (
                    words.never
                  ) : (
                    <>
                      {words.lapses} <LastDay before={lapsesAt} />
                    </>
                  )}
                </span>
                <span className="money">{points.toLocaleString(locale)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Latest({ memberId }: { readonly memberId: string }) {
  const words = useWords(purseWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const locale = localeOf(useLanguage());
  const parts = { params: { id: memberId }, query: { limit: latest } };
  const { data } = useAsk('GET /v1/members/{id}/points/history', parts);
  if (!data) return null;
  if (data.items.length === 0) return <p className="soft">{words.none}</p>;
  return (
    <>
      <h3 className="not-now">{words.history}</h3>
      <ul className="lots">
        {data.items.map(({ id, type, points, createdAt }) => (
          <li key={id}>
            <span>
              {events[type] ?? type}{' '}
              <span className="soft small">
                <Moment at={createdAt} day />
              </span>
            </span>
            <span className={points < 0 ? 'money minus' : 'money'}>
              {points > 0 ? '+' : ''}
              {points.toLocaleString(locale)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

type Values = { readonly points: number; readonly reason: string };

function AdjustDialog({ memberId, onClose }: { readonly memberId: string; readonly onClose: () => void }) {
  const words = useWords(purseWords);
  const kit = useWords(kitWords);
  const adjust = useCommand('POST /v1/members/{id}/points/adjustments');
  return (
    <ActionDialog<Values, unknown>
      title={words.adjust}
      action={words.adjust}
      submit={(body, idempotencyKey) =>
        adjust.mutateAsync({ params: { id: memberId }, body, idempotencyKey })
      }
      onClose={onClose}
    >
      <Form.Item
        name="points"
        label={words.points}
        extra={words.pointsHint}
        rules={[{ required: true, message: kit.required }]}
      >
        <InputNumber min={-1_000_000_000} max={1_000_000_000} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <ReasonField max={200} />
    </ActionDialog>
  );
}
