import { newId } from '../../../kernel/id.ts';
import { read } from '../../../platform/db/read.ts';
import type { SheetRow } from '../../../platform/files/sheet.ts';
import { drawCardNumbers, sealedProfile } from '../../members/index.ts';
import { isProblems } from '../check/checkFile.ts';
import { badRows } from '../check/store.ts';
import { goodsRow } from '../columns/goodsRow.ts';
import { type MemberRow, memberRow } from '../columns/memberRow.ts';
import type { Reading } from '../columns/reading.ts';
import { type FileParts, rowsOf } from '../upload/file.ts';
import type { GoodsToBring } from './applyGoods.ts';
import type { MemberToBring } from './applyMembers.ts';

type Place = { readonly merchantId: string; readonly id: string; readonly n: number };

/** The rows of a block that were found good. */
async function goodRows(parts: FileParts, { merchantId, id, n }: Place): Promise<readonly SheetRow[]> {
  const sheet = await rowsOf(parts, merchantId, id, n);
  const [first, last] = [sheet[0]?.number ?? 0, sheet.at(-1)?.number ?? 0];
  const bad = await read(parts.readers, merchantId, (db) => badRows(db, merchantId, id, first, last));
  return sheet.filter(({ number }) => !bad.has(number));
}

/** A block of members as the use case is told of it: hashed and sealed, each under an id of its own. */
export async function membersOf(parts: FileParts, place: Place, reading: Reading) {
  const members: MemberToBring[] = [];
  const unread: number[] = [];
  for (const { number, cells } of await goodRows(parts, place)) {
    const row = memberRow(cells, reading);
    if (isProblems(row)) unread.push(number);
    else members.push(memberToBring(parts, place.merchantId, number, row));
  }
  return { id: place.id, n: place.n, members, unread };
}

function memberToBring(
  parts: FileParts,
  merchantId: string,
  number: number,
  {
    phone,
    cardNumber,
    name,
    email,
    language,
    joinedAt,
    marketing,
    tags,
    birthday,
    fields,
    ...value
  }: MemberRow,
): MemberToBring {
  const { vault, random, clock } = parts;
  const id = newId(clock(), random);
  const sealed = (text: string | null, field: string) =>
    text === null ? null : vault.seal(text, { merchantId, id, field }, random);
  const person = {
    id,
    phoneHashes: vault.phoneHashes(merchantId, phone),
    sealedPhone: vault.seal(phone, { merchantId, id, field: 'phone' }, random),
    sealedName: sealed(name, 'name'),
    sealedEmail: sealed(email, 'email'),
    cardNumbers: { said: cardNumber ?? undefined, drawn: drawCardNumbers(random) },
    profile: sealedProfile(parts, merchantId, id, { tags, birthday: birthday ?? undefined, fields }),
    fields,
    language,
    joinedAt,
    marketing,
  };
  return { number, person, ...value };
}

/** A block of goods as the use case is told of it. */
export async function goodsOf(parts: FileParts, place: Place, reading: Reading) {
  const goods: GoodsToBring[] = [];
  const unread: number[] = [];
  for (const { number, cells } of await goodRows(parts, place)) {
    const row = goodsRow(cells, reading, reading.categories);
    if (isProblems(row)) unread.push(number);
    else goods.push({ number, ...row });
  }
  return { id: place.id, n: place.n, goods, unread };
}
