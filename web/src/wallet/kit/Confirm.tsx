import type { ReactNode } from 'react';
import { useModal } from '../../ui/phone/modal.ts';
import { useWords } from '../../ui/words.ts';
import { frameWords } from '../words.ts';

type Props = {
  readonly title: string;
  readonly action: string;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** It takes nothing away. */
  readonly isGood?: boolean;
};

/** Asks once more before something that costs or cannot be undone. */
export function Confirm({ title, action, busy, onConfirm, onClose, children, isGood = false }: Props) {
  const words = useWords(frameWords);
  const dialog = useModal();
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="confirm-title" onClose={onClose}>
      <h2 id="confirm-title">{title}</h2>
      {children}
      <div className="row">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button
          type="button"
          className={isGood ? 'button accent' : 'button danger'}
          disabled={busy}
          onClick={onConfirm}
        >
          {action}
        </button>
      </div>
    </dialog>
  );
}
