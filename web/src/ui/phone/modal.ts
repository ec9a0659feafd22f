import { type RefObject, useEffect, useRef } from 'react';

/** A dialog that is open for as long as it is shown: nothing behind it is reached, and the focus goes back where it was. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // Taken out of the page, a dialog gives nothing back by itself.
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return dialog;
}
