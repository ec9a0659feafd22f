import { z } from 'zod';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { type Route, visitRoute } from '../../../platform/http/route.ts';
import { textIn } from '../../../platform/http/shapes.ts';
import { CreateMerchantInput } from '../../merchants/index.ts';
import {
  answerOf,
  countedLook,
  type Desk,
  enlist,
  findLink,
  loginOf,
  openSession,
  passwordIn,
  removePerson,
  SignedIn,
  takeFirstOwnerLink,
  tokenHash,
  tokenIn,
} from '../../signin/index.ts';

type FirstOwner = { readonly name: string; readonly personId: string; readonly login: string };

export type FirstOwnerParts = {
  readonly desk: Desk;
  /** Makes the merchant and its owner; answers with the merchant's id. */
  readonly openFor: (merchant: z.output<typeof CreateMerchantInput>, owner: FirstOwner) => Promise<string>;
};

/** The first merchant of a fresh server, with its owner, by the link that only the terminal has shown. */
export const firstOwnerRoutes = ({ desk, openFor }: FirstOwnerParts): readonly Route[] => [
  visitRoute({
    path: '/v1/first-owner',
    tag: 'Signing in',
    summary: 'Make the first merchant of this server and its owner, who is signed in',
    access: 'anyone',
    status: 201,
    body: z.strictObject({
      token: tokenIn,
      name: textIn(200),
      login: textIn(254),
      password: passwordIn,
      merchant: CreateMerchantInput,
    }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const { network, now } = visit;
      const tooMany = await countedLook(desk, network, now);
      if (tooMany) return tooMany;
      const hash = tokenHash(body.token);
      const link = await desk.ask((db) => findLink(db, hash, now));
      if (link?.purpose !== 'first_owner') return refused('link_not_good');
      const login = loginOf(body.login);
      if (!login) {
        const detail = 'must be an e-mail address or a phone number';
        return refused('invalid_request', { field: 'login', detail });
      }
      const enlisted = await enlist(desk, { login, name: body.name, password: body.password, network, now });
      if (isRefused(enlisted)) return enlisted;
      const { person, isNew } = enlisted;
      if (!(await desk.note((db) => takeFirstOwnerLink(db, hash, now)))) {
        if (isNew) await desk.note((db) => removePerson(db, person.id));
        return refused('link_not_good');
      }
      const owner = { name: body.name, personId: person.id, login: person.loginMasked };
      const merchantId = await openFor(body.merchant, owner);
      const opening = { person: { id: person.id, lastMerchant: merchantId }, state: 'signed_in' as const };
      return answerOf(desk, await desk.note((db) => openSession(desk, db, visit, opening)), visit);
    },
  }),
];
