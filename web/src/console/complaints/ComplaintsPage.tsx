import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { complaintWords } from './words.ts';

type Complaint = ItemOf<'GET /v1/complaints'>;
const states = ['open', 'answered'] as const;

/** What members complain of, those that wait for an answer first to be found. */
export function ComplaintsPage() {
  const words = useWords(complaintWords);
  const { values, set } = useFilters(['state']);
  const [answering, setAnswering] = useState<Complaint>();
  const state = states.find((one) => one === values.state);
  return (
    <Guarded by="members.read">
      <Page title={words.title} lead={words.lead}>
        <ListTable
          name="GET /v1/complaints"
          parts={{ query: { state } }}
          columns={useComplaintColumns(setAnswering)}
          rowKey={({ id }) => id}
          filename="complaints"
          empty={<Nothing text={words.nothing} />}
          filters={
            <ChoiceFilter
              label={words.state}
              any={words.anyState}
              value={state}
              options={states.map((value) => ({ value, label: words[value] }))}
              onChoose={(chosen) => set({ state: chosen })}
            />
          }
        />
        {answering ? <AnswerDialog complaint={answering} onClose={() => setAnswering(undefined)} /> : null}
      </Page>
    </Guarded>
  );
}

function useComplaintColumns(answer: (complaint: Complaint) => void): readonly Column<Complaint>[] {
  const words = useWords(complaintWords);
  const may = useMay('members.write');
  return [
    momentColumn({ key: 'at', title: words.at }, ({ createdAt }) => createdAt),
    textColumn({ key: 'text', title: words.text }, ({ text }) => text),
    textColumn({ key: 'reference', title: words.reference }, ({ reference }) => reference),
    {
      key: 'member',
      title: words.member,
      show: ({ memberId }) => (
        <Link to="/members/$id" params={{ id: memberId }}>
          {words.toMember}
        </Link>
      ),
      cell: ({ memberId }) => memberId,
    },
    {
      key: 'answer',
      title: words.answeredWith,
      show: (complaint) =>
        complaint.state === 'open' && may ? (
          <Button size="small" onClick={() => answer(complaint)}>
            {words.answer}
          </Button>
        ) : (
          (complaint.answer ?? words[complaint.state])
        ),
      cell: (complaint) => complaint.answer,
    },
  ];
}

function AnswerDialog({
  complaint,
  onClose,
}: {
  readonly complaint: Complaint;
  readonly onClose: () => void;
}) {
  const words = useWords(complaintWords);
  const answer = useCommand('POST /v1/complaints/{id}/answer');
  return (
    <ActionDialog<{ text: string }, unknown>
      title={words.answer}
      action={words.answer}
      submit={({ text }, idempotencyKey) =>
        answer.mutateAsync({ params: { id: complaint.id }, body: { text: text.trim() }, idempotencyKey })
      }
      onClose={onClose}
    >
      <blockquote className="explain">{complaint.text}</blockquote>
      <Form.Item
        name="text"
        label={words.answer}
        extra={words.once}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2_000} autoFocus />
      </Form.Item>
    </ActionDialog>
  );
}
