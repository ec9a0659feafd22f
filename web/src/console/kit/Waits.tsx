import { Link } from '@tanstack/react-router';
import { Alert, notification } from 'antd';
import { useEffect } from 'react';
import { onWaiting } from '../../ui/asking.ts';
import { waitingWords } from '../../ui/waiting/words.ts';
import { useWords } from '../../ui/words.ts';

/** Says that nothing happened yet, and where it waits for somebody else. */
export function Waits({ approvalId }: { readonly approvalId: string }) {
  const words = useWords(waitingWords);
  return (
    <Alert
      className="explain"
      type="info"
      showIcon
      title={words.title}
      description={
        <>
          {words.why}{' '}
          <Link to="/approvals/$id" params={{ id: approvalId }}>
            {words.look}
          </Link>
        </>
      }
    />
  );
}

/** Tells of what has to wait wherever it was asked for, since a button in a list has no place for it. */
export function WaitingNotes() {
  const words = useWords(waitingWords);
  const [notes, holder] = notification.useNotification({ placement: 'bottomRight' });
  useEffect(
    () =>
      onWaiting((id) =>
        notes.info({
          key: id,
          title: words.title,
          description: (
            <Link to="/approvals/$id" params={{ id }} onClick={() => notes.destroy(id)}>
              {words.look}
            </Link>
          ),
        }),
      ),
    [notes, words],
  );
  return holder;
}
