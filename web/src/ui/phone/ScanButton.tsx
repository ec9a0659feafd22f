import { lazy, Suspense, useState } from 'react';
import { Icon } from '../icons.tsx';
import { useWords } from '../words.ts';
import { codeBoxWords } from './words.ts';

const Scanner = lazy(() =>
  import('./Scanner.tsx').then(({ Scanner: component }) => ({ default: component })),
);

/** Opens the camera for a code that somebody's phone shows. */
export function ScanButton({
  onText,
  small = false,
}: {
  readonly onText: (text: string) => void;
  /** Beside a field: the picture alone. */
  readonly small?: boolean;
}) {
  const words = useWords(codeBoxWords);
  const [isScanning, setScanning] = useState(false);
  return (
    <>
      <button
        type="button"
        className={small ? 'button' : 'button wide'}
        aria-label={words.camera}
        onClick={() => setScanning(true)}
      >
        <Icon name="camera" /> {small ? null : words.camera}
      </button>
      {isScanning ? (
        <Suspense fallback={null}>
          <Scanner
            onText={(text) => {
              setScanning(false);
              onText(text.trim());
            }}
            onClose={() => setScanning(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
