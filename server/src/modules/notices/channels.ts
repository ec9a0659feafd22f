import { createHmac } from 'node:crypto';
import type { Transporter } from 'nodemailer';
import { z } from 'zod';
import type { ChannelSettings, HttpChannel, MailChannel } from '../../platform/config/channels.ts';
import type { ChannelName, Delivery, Outgoing } from './notice.ts';

/** What carries notices out. Never throws: what went wrong is the answer. */
export type Channel = { send(notice: Outgoing, now: Date): Promise<Delivery>; close(): void };

export type Channels = ReadonlyMap<ChannelName, Channel>;

const timeoutMs = 10_000;

/** The channels that are set; the outbox where nothing is, or for the demo. */
export function openChannels({ email, sms, wechat }: ChannelSettings, demo: boolean): Channels {
  const channels = new Map<ChannelName, Channel>();
  if (email) channels.set('email', mailChannel(email));
  if (sms) channels.set('sms', httpChannel('sms', sms));
  if (wechat) channels.set('wechat', httpChannel('wechat', wechat));
  if (channels.size === 0 || demo) channels.set('outbox', outbox);
  return channels;
}

/** Holds what it is given for people to read in the console: to put it there is all there is to do. */
const outbox: Channel = { send: async () => ({ sent: true }), close: () => undefined };

function mailChannel({ url, from }: MailChannel): Channel {
  let transport: Promise<Transporter> | undefined;
  // Loaded with the first letter: a service that sends none needs no memory for it.
  const opened = () => {
    transport ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url,
        pool: true,
        maxConnections: 2,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    );
    return transport;
  };
  return {
    async send({ id, to, subject, text }) {
      try {
        // The same id each time it is tried: a mailbox may tell by it that it has the letter already.
        const letter = { from, to: to.email ?? '', subject, text, messageId: `<${id}@scrip.invalid>` };
        await (await opened()).sendMail(letter);
        return { sent: true };
      } catch (error) {
        return mailFault(error);
      }
    },
    close: () => void transport?.then((open) => open.close()),
  };
}

const fault = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** What a mail server's "no" comes to: final where it says so of this letter, and to be tried again otherwise. */
function mailFault(error: unknown): Delivery {
  const { code, responseCode = 0 } = fault.safeParse(error).data ?? {};
  if (code === 'EAUTH') return { sent: false, failure: 'not_let_in', again: true };
  const isFinal = responseCode >= 500;
  return { sent: false, failure: isFinal ? 'refused' : 'unreachable', again: !isFinal };
}

/** What the receiver checks, as Standard Webhooks say: HMAC-SHA-256 over id, time and body. */
export function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function httpChannel(name: 'sms' | 'wechat', { url, secret }: HttpChannel): Channel {
  return {
    async send({ id, event, language, to, params, text }, now) {
      const body = JSON.stringify({ id, channel: name, event, language, to: to.phone, text, params });
      const timestamp = String(Math.floor(now.getTime() / 1000));
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, id, timestamp, body),
      };
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
        await answer.body?.cancel();
        if (answer.ok) return { sent: true };
        // Who says that the request itself is wrong will say so again.
        const isFinal =
          answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
        return { sent: false, failure: isFinal ? 'refused' : 'unreachable', again: !isFinal };
      } catch {
        return { sent: false, failure: 'unreachable', again: true };
      }
    },
    close: () => undefined,
  };
}
