import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, momentColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { type Period, PeriodState } from './marks.tsx';
import { useCovers } from './names.ts';
import { PlanLine } from './PlanDialog.tsx';
import { periodWords, statementStateWords } from './words.ts';

/** All settlement periods, the newest first, with what stores say to them. */
export function PeriodsPage() {
  const words = useWords(periodWords);
  const navigate = useNavigate();
  const may = useMay('settlement.close');
  const [isDrawing, setDrawing] = useState(false);
  const draw = may ? (
    <Button type="primary" onClick={() => setDrawing(true)}>
      {words.draw}
    </Button>
  ) : null;
  return (
    <Guarded by="settlement.read">
      <Page title={words.title} lead={words.lead} actions={draw}>
        <PlanLine />
        <ListTable
          name="GET /v1/settlement-periods"
          parts={{}}
          columns={usePeriodColumns()}
          rowKey={({ id }) => id}
          filename="settlement-periods"
          empty={<Nothing text={words.nothing} />}
          onOpen={({ id }) => void navigate({ to: '/settlement-periods/$id', params: { id } })}
        />
        {isDrawing ? <DrawDialog onClose={() => setDrawing(false)} /> : null}
      </Page>
    </Guarded>
  );
}

function usePeriodColumns(): readonly Column<Period>[] {
  const words = useWords(periodWords);
  const states = useWords(statementStateWords);
  const covers = useCovers();
  const saidOf = ({ stores }: Period) =>
    (['disputed', 'drawn', 'answered', 'confirmed'] as const)
      .filter((state) => stores[state] > 0)
      .map((state) => words.storesText(stores[state], states[state]))
      .join(' · ');
  return [
    {
      key: 'period',
      title: words.period,
      show: ({ id, number }) => (
        <Link to="/settlement-periods/$id" params={{ id }}>
          {words.periodText(number)}
        </Link>
      ),
      cell: ({ number }) => number,
    },
    { key: 'covers', title: words.covers, show: covers, cell: covers },
    {
      key: 'state',
      title: words.state,
      show: (period) => <PeriodState {...period} />,
      cell: ({ state }) => (state === 'closed' ? words.closedState : words.drawnState),
    },
    {
      key: 'stores',
      title: words.stores,
      show: (period) => saidOf(period) || <span className="none">–</span>,
      cell: saidOf,
    },
    momentColumn({ key: 'answerBy', title: words.answerBy }, ({ answerBy }) => answerBy),
    momentColumn({ key: 'closed', title: words.closedAt }, ({ closedAt }) => closedAt),
  ];
}

type DrawValues = { readonly lastDay?: string; readonly answerDays: number };

function DrawDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(periodWords);
  const kit = useWords(kitWords);
  const draw = useCommand('POST /v1/settlement-periods');
  return (
    <ActionDialog<DrawValues, unknown>
      title={words.draw}
      action={words.draw}
      initial={{ answerDays: 7 }}
      submit={({ lastDay = '', answerDays }, idempotencyKey) => {
        const body = lastDay === '' ? { answerDays } : { answerDays, until: dayAfter(lastDay) };
        return draw.mutateAsync({ body, idempotencyKey });
      }}
      onClose={onClose}
    >
      <p className="soft under">{words.drawWhy}</p>
      <Form.Item name="lastDay" label={words.until} extra={words.untilWhy}>
        <Input type="date" />
      </Form.Item>
      <Form.Item
        name="answerDays"
        label={words.answerDays}
        extra={words.answerDaysWhy}
        rules={[{ required: true, message: kit.required }]}
      >
        <InputNumber min={0} max={90} precision={0} />
      </Form.Item>
    </ActionDialog>
  );
}

const dayMs = 86_400_000;

/** The day after a civil day. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}
