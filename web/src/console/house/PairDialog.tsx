import { Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { renderSVG } from 'uqr';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useWords } from '../../ui/words.ts';
import { Moment } from '../kit/columns.tsx';
import { Dialog } from '../kit/Dialog.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Secret } from '../kit/Secret.tsx';
import { kitWords } from '../words.ts';
import { deviceWords } from './words.ts';

type Device = ItemOf<'GET /v1/devices'>;

/** Shows a code that makes another browser this device, once. */
export function PairDialog({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  const words = useWords(deviceWords);
  const kit = useWords(kitWords);
  const begin = useCommand('POST /v1/devices/{id}/pairing');
  const latest = useRef(() => begin.mutate({ params: { id: device.id }, body: {} }));
  useEffect(() => latest.current(), []);
  const path = begin.data?.body.url ?? null;
  const address = path === null ? undefined : new URL(path, location.origin).href;
  return (
    <Dialog
      title={`${words.pair} · ${device.name}`}
      onCancel={onClose}
      onOk={onClose}
      okText={kit.done}
      cancelButtonProps={{ hidden: true }}
    >
      <p>{words.pairWhy}</p>
      <ErrorNote error={begin.error} />
      {begin.isPending ? <Skeleton active /> : null}
      {address === undefined ? null : (
        <>
          <img
            className="pair-qr"
            alt={words.pairQr}
            width={220}
            height={220}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(renderSVG(address))}`}
          />
          <Secret label={words.pairLink} text={address} />
        </>
      )}
      {begin.data ? <Moment at={begin.data.body.expiresAt} /> : null}
    </Dialog>
  );
}
