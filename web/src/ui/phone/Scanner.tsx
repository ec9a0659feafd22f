import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { useWords } from '../words.ts';
import { hasTorch, openCamera, openReader, setTorch } from './camera.ts';
import { useModal } from './modal.ts';
import { scannerWords } from './words.ts';

const lookEveryMs = 120;

/** The camera over the whole screen, until it has read a code. */
export function Scanner({
  onText,
  onClose,
}: {
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}) {
  const words = useWords(scannerWords);
  const dialog = useModal();
  const video = useRef<HTMLVideoElement>(null);
  const [stream, setStream] = useState<MediaStream>();
  const [isDenied, setDenied] = useState(false);
  const [isLit, setLit] = useState(false);
  const found = useRef(onText);
  found.current = onText;
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    watch(video.current, signal, setStream).then(
      (text) => text !== undefined && !signal.aborted && found.current(text),
      () => !signal.aborted && setDenied(true),
    );
    return () => stop.abort();
  }, []);
  const light = async () => {
    if (!stream) return;
    await setTorch(stream, !isLit);
    setLit(!isLit);
  };
  return (
    <dialog ref={dialog} className="scanner" aria-label={words.aim} onClose={onClose}>
      <video ref={video} playsInline muted autoPlay />
      <div className="scanner-frame" />
      <p className="scanner-hint" role="status">
        {isDenied ? words.denied : stream ? words.aim : words.starting}
      </p>
      <div className="scanner-foot">
        {stream && hasTorch(stream) ? (
          <button type="button" className="button" onClick={() => void light()}>
            <Icon name="torch" /> {isLit ? words.torchOff : words.torchOn}
          </button>
        ) : null}
        <button type="button" className="button" onClick={onClose}>
          <Icon name="cross" /> {words.close}
        </button>
      </div>
    </dialog>
  );
}

/** Looks through the camera until it reads a code or is told to stop; the camera is off afterwards. */
async function watch(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
  onOpen: (stream: MediaStream) => void,
): Promise<string | undefined> {
  const [stream, read] = await Promise.all([openCamera(), openReader()]);
  const off = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    if (!video || signal.aborted) return undefined;
    video.srcObject = stream;
    onOpen(stream);
    while (!signal.aborted) {
      const text = await read(video).catch(() => undefined);
      if (text !== undefined && text !== '') return text;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
    return undefined;
  } finally {
    off();
  }
}
