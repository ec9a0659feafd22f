import { Button } from 'antd';
import { type ReactNode, useState } from 'react';

/** A button that opens a dialog, which is given how to close itself. */
export function OpensDialog({
  text,
  children,
}: {
  readonly text: string;
  readonly children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{text}</Button>
      {isOpen ? children(() => setOpen(false)) : null}
    </>
  );
}
