import { hash, timingSafeEqual } from 'node:crypto';
import { newId } from '../../../kernel/id.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Random } from '../../../kernel/random.ts';
import { allMerchants, read, writeAside } from '../../../platform/db/read.ts';
import type { Cookie } from '../../../platform/http/cookies.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { type Merchant, readMerchantBySlug } from '../../merchants/index.ts';
import type { Language } from '../member.ts';
import type { MemberParts } from '../parts.ts';
import { readMemberByPhone } from '../store.ts';
import { claim } from './limits.ts';
import { endSessions, putCode, putSession, readSession, spendCode, takeTry } from './store.ts';

export const codeForMs = 5 * 60_000;
const triesMax = 5;
const sessionForMs = 30 * 86_400_000;

/** The merchant whose public pages have this address. */
export async function merchantOf(
  { readers }: Pick<MemberParts, 'readers'>,
  slug: string,
): Promise<Merchant | Refusal> {
  const merchant = await read(readers, allMerchants, (db) => readMerchantBySlug(db, slug));
  return merchant ?? refused('merchant_not_found');
}

/** Six digits, each of the million as likely as another but for a difference below 2^-28. */
function sixDigits(random: Random): string {
  return String(Buffer.from(random(6)).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

export const codeWrong = refused('sign_in_code_wrong', {
  field: 'code',
  next: 'Type it again, or have a new one sent.',
});

/** What a code is good for: to sign in, or (with whose it is to be) to give a member this number. */
type Purpose = { readonly forMember?: string | undefined };

/** A code is kept with what it is good for: one that lets its reader in gives nobody a number, nor the other way round. */
const saidFor = (code: string, { forMember }: Purpose) =>
  forMember === undefined ? code : `${code}|${forMember}`;

type Wanted = Purpose & {
  readonly phone: string;
  readonly language: Language;
  /** Whose asking is counted: an address, or a member. */
  readonly network: string;
};

/**
 * Sends a one-time code to a phone, whoever's it is. To the one who asks, a member's number and a stranger's are one
 * answer: a stranger's gets a code too, since whoever has the phone may become a member.
 */
export async function sendCode(
  parts: MemberParts,
  merchantId: string,
  { phone, language, network, forMember }: Wanted,
): Promise<Refusal | undefined> {
  const { writers, clock, random, vault, queue } = parts;
  const now = clock();
  const phoneHashes = vault.phoneHashes(merchantId, phone);
  const [phoneHash = ''] = phoneHashes;
  const limited = await claim(
    parts,
    merchantId,
    [
      { what: 'codeFromAddress', whom: network },
      { what: 'codeToPhone', whom: phoneHash },
      { what: 'codeOfMerchant', whom: merchantId },
    ],
    now,
  );
  if (limited) return limited;
  const code = sixDigits(random);
  const id = newId(now, random);
  const expiresAt = new Date(now.getTime() + codeForMs);
  await writeAside(writers, merchantId, async (db) => {
    // A number that is to be somebody's is told on itself, and whoever has it is not looked at.
    const member = forMember === undefined ? await readMemberByPhone(db, merchantId, phoneHashes) : undefined;
    const sealed = member?.sealedEmail;
    const email = member && sealed ? vault.open(sealed, { merchantId, id: member.id, field: 'email' }) : null;
    await putCode(db, merchantId, {
      phoneHash,
      codeHash: vault.codeHash(merchantId, phoneHash, saidFor(code, { forMember })),
      expiresAt,
    });
    await queue(
      db,
      merchantId,
      {
        id,
        occasion: `sign_in_code|${id}`,
        event: forMember === undefined ? 'sign_in_code' : 'phone_change_code',
        memberId: forMember ?? member?.id ?? null,
        language: member?.language ?? language,
        to: { phone, email },
        params: { code, minutes: '5' },
        goodUntil: expiresAt,
      },
      now,
    );
  });
  return undefined;
}

type Shown = Purpose & {
  readonly phone: string;
  readonly code: string;
  readonly network: string;
  /** Why somebody with the right code does not come in all the same; the code is then not used up. */
  readonly unasked?: Refusal | undefined;
};

/**
 * Whether this is the code that was sent to the phone last. Counts the try before it looks, in a transaction of its own;
 * a right code is used up. Whatever is wrong, the answer is one.
 */
export async function takeCode(
  parts: MemberParts,
  merchantId: string,
  { phone, code, network, unasked, forMember }: Shown,
): Promise<Refusal | undefined> {
  const { writers, clock, vault } = parts;
  const now = clock();
  const [phoneHash = ''] = vault.phoneHashes(merchantId, phone);
  const limited = await claim(
    parts,
    merchantId,
    [
      { what: 'signInFromAddress', whom: network },
      { what: 'signInOfPhone', whom: phoneHash },
    ],
    now,
  );
  if (limited) return limited;
  const given = vault.codeHash(merchantId, phoneHash, saidFor(code, { forMember }));
  const sent = await writeAside(writers, merchantId, (db) =>
    takeTry(db, merchantId, phoneHash, now, triesMax),
  );
  const isRight = sent !== undefined && timingSafeEqual(sent, given);
  if (isRight && unasked) return unasked;
  const isSpent =
    isRight &&
    (await writeAside(writers, merchantId, (db) => spendCode(db, merchantId, phoneHash, given, now)));
  return isSpent ? undefined : codeWrong;
}

/**
 * Lets a member in who has shown that this number is theirs: the cookie of a new session, whose token is stored nowhere.
 * Refused if the member has left the number meanwhile.
 */
export async function openSession(
  { writers, clock, random }: MemberParts,
  merchant: Merchant,
  memberId: string,
  phoneHashes: readonly string[],
): Promise<Cookie | Refusal> {
  const now = clock();
  const token = Buffer.from(random(32)).toString('base64url');
  const session = {
    id: newId(now, random),
    memberId,
    tokenHash: hash('sha256', token, 'buffer'),
    createdAt: now,
    expiresAt: new Date(now.getTime() + sessionForMs),
  };
  const isIn = await writeAside(writers, merchant.id, (db) =>
    putSession(db, merchant.id, session, phoneHashes),
  );
  if (!isIn) return codeWrong;
  return cookieOf(merchant, token, sessionForMs / 1000);
}

/** Ends this session, or all of the member's; answers with the cookie that takes the place of the one there was. */
export async function closeSession(
  { writers, clock }: MemberParts,
  { merchant, memberId, sessionId }: SignedIn,
  everywhere: boolean,
): Promise<Cookie> {
  const which = everywhere ? null : sessionId;
  await writeAside(writers, merchant.id, (db) => endSessions(db, merchant.id, memberId, which, clock()));
  return cookieOf(merchant, '', 0);
}

// The path keeps what is one merchant's from all others on the same server.
function cookieOf({ slug }: Merchant, value: string, maxAgeSeconds: number): Cookie {
  return { value, maxAgeSeconds, path: `/v1/wallet/${slug}` };
}

export type SignedIn = {
  readonly merchant: Merchant;
  readonly memberId: string;
  readonly sessionId: string;
};

/** Who asks, at this merchant; refused unless a session of this very merchant stands behind the cookie. */
export async function signedIn(
  { readers, clock }: Pick<MemberParts, 'readers' | 'clock'>,
  slug: string,
  { cookies: { member: token } }: Visit,
): Promise<SignedIn | Refusal> {
  const merchant = await merchantOf({ readers }, slug);
  if ('refused' in merchant) return merchant;
  if (token === undefined || token.length > 100) return refused('not_signed_in');
  const tokenHash = hash('sha256', token, 'buffer');
  const session = await read(readers, merchant.id, (db) => readSession(db, merchant.id, tokenHash, clock()));
  return session ? { merchant, ...session } : refused('not_signed_in');
}
