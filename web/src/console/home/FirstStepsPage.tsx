import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { MakeBatch } from '../batches/MakeBatch.tsx';
import { Guarded } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFirsts } from './firsts.ts';
import { stepWords } from './words.ts';

/** From nothing to a first redemption; what is done is what the server has. */
export function FirstStepsPage() {
  const words = useWords(stepWords);
  return (
    <Guarded by="people.write">
      <Page title={words.title} lead={words.lead}>
        <Steps />
      </Page>
    </Guarded>
  );
}

const firstBatch = 10;

function Steps() {
  const words = useWords(stepWords);
  const stores = useAsk('GET /v1/stores', { query: { limit: 1 } });
  const programs = useAsk('GET /v1/card-programs', { query: { limit: 1 } });
  const batches = useAsk('GET /v1/card-batches', { query: { limit: 50 } }, { everyMs: () => 3_000 });
  const firsts = useFirsts();
  const [isMaking, setMaking] = useState(false);
  if (!stores.data || !programs.data || !batches.data || !firsts) return <Skeleton active />;
  const made = batches.data.items;
  const toCounter = (
    <a href="/counter">
      <Button>{words.go}</Button>
    </a>
  );
  const to = (path: string) => (
    <Link to={path}>
      <Button>{words.go}</Button>
    </Link>
  );
  const steps: readonly (readonly [string, string, boolean, ReactNode])[] = [
    [words.merchant, words.merchantWhy, true, null],
    [words.store, words.storeWhy, stores.data.items.length > 0, to('/stores')],
    [words.program, words.programWhy, programs.data.items.length > 0, to('/programs/new')],
    [
      words.batch,
      words.batchWhy,
      made.length > 0,
      <Button key="make" onClick={() => setMaking(true)}>
        {words.go}
      </Button>,
    ],
    [words.release, words.releaseWhy, made.some(({ releasedAt }) => releasedAt !== null), to('/batches')],
    [words.sale, words.saleWhy, firsts.anySold, toCounter],
    [words.redemption, words.redemptionWhy, firsts.anyRedeemed, toCounter],
  ];
  const next = steps.findIndex(([, , done]) => !done);
  return (
    <>
      <ol className="steps">
        {steps.map(([title, why, done, action], place) => (
          <li key={title} className={done ? 'step done' : place === next ? 'step next' : 'step'}>
            <span className="step-mark">{done ? <Icon name="check" size={16} /> : place + 1}</span>
            <div>
              <strong>{title}</strong>
              <p className="soft">{why}</p>
            </div>
            {done ? <span className="mark good">{words.done}</span> : place === next ? action : null}
          </li>
        ))}
      </ol>
      {isMaking ? <MakeBatch quantity={firstBatch} onClose={() => setMaking(false)} /> : null}
    </>
  );
}
