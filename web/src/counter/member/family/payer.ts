import type { Picture } from '../picture.ts';

/** A wallet of a relative that a member may pay from. */
export type SharedWallet = Picture['family'][number];

/** How whose wallet it is is named at the counter: by as much of name and number as tells them apart. */
export const payerName = ({ payer: { name, phone } }: Pick<SharedWallet, 'payer'>): string =>
  name === null ? phone : `${name} ${phone}`;
