import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Progress, Skeleton, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { About } from './About.tsx';
import { Columns } from './Columns.tsx';
import { Became, Found, TakenBack } from './Figures.tsx';
import { type Import, ImportState, isMoving } from './ImportState.tsx';
import { Problems, Rows } from './Lists.tsx';
import { Verbs } from './Verbs.tsx';
import { failureWords, importWords } from './words.ts';

const lookEveryMs = 700;
/** A second person may agree to it meanwhile. */
const waitEveryMs = 5_000;

function lookAgainMs(one: Import): number | false {
  if (isMoving(one)) return lookEveryMs;
  return one.state === 'checked' || one.state === 'applied' ? waitEveryMs : false;
}

/** One import, from its columns to what came of it. */
export function ImportPage() {
  return (
    <Guarded by="imports.read">
      <OneImport />
    </Guarded>
  );
}

function OneImport() {
  const words = useWords(importWords);
  const { id } = useParams({ from: '/imports/$id' });
  const { data, error, refetch } = useAsk(
    'GET /v1/imports/{id}',
    { params: { id } },
    { everyMs: (one) => (one ? lookAgainMs(one) : false) },
  );
  const client = useQueryClient();
  const state = data?.state;
  // What became of its rows is another list with each step.
  useEffect(() => {
    if (state !== undefined) void client.invalidateQueries({ queryKey: ['GET /v1/imports/{id}/rows'] });
  }, [client, state]);
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return <Shown key={data.id} one={data} />;
}

function Shown({ one }: { readonly one: Import }) {
  const words = useWords(importWords);
  const may = useMay('imports.write');
  const [isChanging, setChanging] = useState(false);
  const { state, fileName } = one;
  const names = state === 'read' || (state === 'checked' && isChanging);
  return (
    <Page
      title={fileName}
      lead={
        <>
          <ImportState state={state} /> <Link to="/imports">{words.back}</Link>
        </>
      }
      actions={may ? <Verbs one={one} isChanging={names} onChange={() => setChanging(true)} /> : null}
    >
      <Stages state={state} />
      <div className="columns">
        <div>
          <UnderWay one={one} />
          {names ? <Columns one={one} mayChange={may} onChecked={() => setChanging(false)} /> : null}
          {names ? null : <Results one={one} />}
        </div>
        <About one={one} mayTake={may} />
      </div>
    </Page>
  );
}

const stages: Readonly<Record<Import['state'], number>> = {
  reading: 0,
  failed: 0,
  read: 1,
  checking: 2,
  checked: 3,
  applying: 3,
  applied: 4,
  reversing: 4,
  reversed: 4,
  cancelled: 0,
};

function Stages({ state }: Pick<Import, 'state'>) {
  const words = useWords(importWords);
  if (state === 'cancelled' || state === 'reversing' || state === 'reversed') return null;
  const titles = [words.stepRead, words.stepColumns, words.stepCheck, words.stepApply];
  return (
    <div className="panel stages">
      <Steps
        size="small"
        current={stages[state]}
        {...(state === 'failed' ? { status: 'error' as const } : {})}
        items={titles.map((title) => ({ title }))}
      />
    </div>
  );
}

/** What goes on by itself, and what went wrong at the beginning. */
function UnderWay({ one }: { readonly one: Import }) {
  const words = useWords(importWords);
  const failures = useWords(failureWords);
  const locale = localeOf(useLanguage());
  const { state, failure, done, quantity } = one;
  if (state === 'cancelled')
    return <Alert className="explain" type="info" showIcon title={words.cancelledWhy} />;
  if (failure !== null) {
    const title = words.failedTitle;
    return <Alert className="explain" type="error" showIcon title={title} description={failures[failure]} />;
  }
  if (state === 'reading')
    return (
      <Panel>
        <p className="soft">{words.readingWhy}</p>
        <Skeleton active paragraph={{ rows: 3 }} />
      </Panel>
    );
  if (!isMoving(one)) return null;
  const why = {
    checking: words.checkingWhy,
    applying: words.applyingWhy,
    reversing: words.reversingWhy,
  }[state as 'checking' | 'applying' | 'reversing'];
  return (
    <Panel>
      <p>{why}</p>
      <Progress percent={quantity === 0 ? 0 : Math.floor((100 * done) / quantity)} aria-label={why} />
      <span className="soft small">
        {words.progress(done.toLocaleString(locale), quantity.toLocaleString(locale))}
      </span>
    </Panel>
  );
}

function Results({ one }: { readonly one: Import }) {
  const { state } = one;
  if (state === 'checked')
    return (
      <>
        <Found one={one} />
        {one.found.bad > 0 ? <Problems one={one} /> : null}
      </>
    );
  if (state === 'applying' || state === 'applied')
    return (
      <>
        <Became one={one} />
        {state === 'applied' ? <Rows one={one} /> : null}
      </>
    );
  if (state === 'reversing' || state === 'reversed')
    return (
      <>
        <TakenBack one={one} />
        {state === 'reversed' ? <Rows one={one} /> : null}
      </>
    );
  return null;
}
