import { Drawer, type DrawerProps, Modal, type ModalProps } from 'antd';
import { useEffect, useState } from 'react';

/** A dialog for as long as it is there. */
export function Dialog(props: Omit<ModalProps, 'open'>) {
  useFocusBack();
  return <Modal open {...props} />;
}

/** A panel beside the page for as long as it is there. */
export function SidePanel(props: Omit<DrawerProps, 'open'>) {
  useFocusBack();
  return <Drawer open {...props} />;
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
