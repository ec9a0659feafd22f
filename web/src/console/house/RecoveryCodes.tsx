import { Alert } from 'antd';
import { useWords } from '../../ui/words.ts';
import { Dialog } from '../kit/Dialog.tsx';
import { kitWords } from '../words.ts';
import { securityWords } from './words.ts';

/** The codes for when the phone is lost, shown once. */
export function RecoveryCodes({
  codes,
  onClose,
}: {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}) {
  const words = useWords(securityWords);
  const kit = useWords(kitWords);
  return (
    <Dialog
      title={words.recovery}
      onCancel={onClose}
      onOk={onClose}
      okText={kit.done}
      cancelText={kit.copy}
      cancelButtonProps={{ onClick: () => void navigator.clipboard.writeText(codes.join('\n')) }}
      mask={{ closable: false }}
    >
      <Alert type="warning" showIcon title={words.recoveryWhy} />
      <ul className="codes">
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
