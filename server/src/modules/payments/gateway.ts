import { z } from 'zod';
import type { Random } from '../../kernel/random.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import type { Call, CallAnswer } from '../../platform/http/route.ts';
import type { Networks } from '../../platform/outbound/networks.ts';

/** Somebody has paid, as the channel says under its signature. */
export type Payment = {
  /** What the channel calls it. */
  readonly transaction: string;
  readonly amount: bigint;
  readonly currency: string;
  /** Whom it was paid to. */
  readonly account: string;
  readonly paidAt: Date;
};

/** What a channel is told of an order. */
export type Ordered = {
  /** Our name of it there, also what makes asking twice one order. */
  readonly reference: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly method: 'qr' | 'redirect';
  readonly subject: string;
  readonly expiresAt: Date;
  /** What the channel calls it, where it has said so. */
  readonly handle: string | null;
};

/** How somebody pays: a text to be shown as a QR code, or a page to be sent to. */
export type Presentation = {
  readonly kind: 'qr' | 'redirect';
  readonly content: string;
  readonly handle: string | null;
};

export type Standing =
  | { readonly state: 'paid'; readonly payment: Payment }
  | { readonly state: 'waiting' | 'closed' }
  /** It did not answer, or not in a way that can be believed. */
  | { readonly state: 'unknown'; readonly why: string };

export type RefundStanding =
  | { readonly state: 'done' | 'pending' }
  | { readonly state: 'failed' | 'unknown'; readonly why: string };

export type Refunding = {
  readonly reference: string;
  readonly orderReference: string;
  readonly transaction: string;
  readonly amount: bigint;
  /** All that was paid. */
  readonly total: bigint;
  readonly currency: string;
  readonly reason: string;
};

/** What a call that came to us says, once its signature was found good. */
export type Heard =
  | { readonly says: 'paid'; readonly reference: string; readonly payment: Payment }
  /** Good, and nothing that matters here. */
  | { readonly says: 'nothing' }
  | { readonly says: 'bad'; readonly why: string };

/** Somebody who takes payments: one of these for each kind of channel. None of them throws. */
export type Gateway = {
  start(order: Ordered): Promise<Presentation | { readonly failure: string }>;
  query(order: Ordered): Promise<Standing>;
  /** Has it not be paid any more. `closed` is good; `waiting`: it would not. */
  close(order: Ordered): Promise<Standing>;
  refund(refund: Refunding): Promise<RefundStanding>;
  hear(call: Call): Promise<Heard>;
  /** What the channel wants to hear when its call was taken. */
  readonly taken: CallAnswer;
};

/** What every gateway is opened with. */
export type GatewayParts = {
  readonly account: string;
  readonly baseUrl: string | null;
  readonly notifyUrl: string;
  readonly returnUrl: string;
  readonly allowed: Networks;
  readonly clock: () => Date;
  readonly random: Random;
};

export const timeoutMs = 8_000;

/** Minor units as decimal text with this many places, exactly. */
export function decimalOf(amount: bigint, places: number): string {
  const digits = String(amount).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Minor units out of decimal text with at most so many places; undefined if it is anything else. */
export function amountFrom(text: unknown, places: number): bigint | undefined {
  const match = typeof text === 'string' ? /^(\d{1,15})(?:\.(\d{1,3}))?$/.exec(text) : null;
  const [, whole, part = ''] = match ?? [];
  if (whole === undefined || part.length > places) return undefined;
  return BigInt(whole + part.padEnd(places, '0'));
}

/** What went wrong in one word, without anything that was sent. */
export function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (typeof code === 'string' ? code : error instanceof Error ? error.name : 'failed').slice(0, 60);
}

/** What a channel wrote, for a shape to look at; undefined if it is no JSON. Unlike ours, it may say a thing twice. */
export function jsonOf(text: string): unknown {
  try {
    return fieldsOf(text, z.unknown());
  } catch {
    return undefined;
  }
}
