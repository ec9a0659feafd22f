import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/** What a receipt is of: the uuid of an activity, whose. */
export type Receipted = { readonly merchantId: string; readonly activityId: string };

const cipher = 'aes-256-ctr';
const tagBytes = 16;
const uuidBytes = 16;

/**
 * The word by which anybody who has the paper finds its receipt: the activity's id, encrypted under a tag of itself
 * (a synthetic IV), so that it is the same each time, is stored nowhere, tells nothing, and cannot be made without the key.
 */
export function tokenOf(key: Uint8Array, of: Receipted): string {
  const tag = tagOf(key, of);
  const sealing = createCipheriv(cipher, derived(key, 'cipher'), tag);
  return Buffer.concat([tag, sealing.update(bytesOf(of.activityId)), sealing.final()]).toString('base64url');
}

/** The activity that a word of this merchant was made for under one of the keys; undefined: it is no such word. */
export function activityIn(
  keys: readonly Uint8Array[],
  merchantId: string,
  token: string,
): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== tagBytes + uuidBytes || bytes.toString('base64url') !== token) return undefined;
  const tag = bytes.subarray(0, tagBytes);
  for (const key of keys) {
    const opening = createDecipheriv(cipher, derived(key, 'cipher'), tag);
    const uuid = Buffer.concat([opening.update(bytes.subarray(tagBytes)), opening.final()]);
    const activityId = uuid.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    if (timingSafeEqual(tagOf(key, { merchantId, activityId }), tag)) return activityId;
  }
  return undefined;
}

function tagOf(key: Uint8Array, { merchantId, activityId }: Receipted): Buffer {
  return createHmac('sha256', derived(key, 'tag'))
    .update(`${merchantId}|${activityId}`)
    .digest()
    .subarray(0, tagBytes);
}

function derived(key: Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', key).update(`receipt ${purpose}`).digest();
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
