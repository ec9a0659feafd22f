import { Drawer, type DrawerProps, Modal, type ModalProps } from 'antd';
import { useEffect, useRef, useState } from 'react';

/** A dialog for as long as it is there. */
export function Dialog({
  onCancel,
  ...props
}: Omit<ModalProps, 'open' | 'keyboard' | 'onCancel'> & { readonly onCancel?: () => void }) {
  useFocusBack();
  useEscape(onCancel);
  return <Modal open keyboard={false} {...props} {...(onCancel ? { onCancel: () => onCancel() } : {})} />;
}

/** A panel beside the page for as long as it is there. */
export function SidePanel({
  onClose,
  ...props
}: Omit<DrawerProps, 'open' | 'keyboard' | 'onClose'> & { readonly onClose?: () => void }) {
  useFocusBack();
  useEscape(onClose);
  return <Drawer open keyboard={false} {...props} {...(onClose ? { onClose: () => onClose() } : {})} />;
}

/** What is open above a dialog and goes first. What is on its way out takes no clicks any more, and no keys. */
const lists = ['select-dropdown', 'picker-dropdown', 'dropdown', 'popover']
  .map((name) => `.ant-${name}:not(.ant-${name}-hidden):not([style*='pointer-events: none'])`)
  .join(', ');
/** Those that are there, the last opened last. */
const layers: symbol[] = [];

/**
 * Leaves the uppermost dialog by Escape. The library's own way counts a list among what is open until its motion has
 * ended, so the key pressed right after a choice went to a list that was gone, and to nothing.
 */
function useEscape(onLeave: (() => void) | undefined): void {
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    const layer = Symbol('dialog');
    layers.push(layer);
    const onKey = (event: KeyboardEvent) => {
      // While a word is being put together, Escape is about the word.
      if (event.key !== 'Escape' || event.isComposing || layers.at(-1) !== layer) return;
      if (document.querySelector(lists) === null) leave.current?.();
    };
    // Before the library's: as things stood when the key was pressed.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      layers.splice(layers.indexOf(layer), 1);
    };
  }, []);
}

/** Gives the focus back to what had it when this appeared: a dialog that is taken away as it closes has no time to do so itself. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once it is gone: until then what lies behind it takes no focus.
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
}
