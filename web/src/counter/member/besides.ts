/** What is filled in of somebody besides number and name, as it is typed. */
export type Besides = {
  /** Of a printed card. */
  readonly cardNumber: string;
  readonly tags: string;
  readonly birthday: string;
  readonly fields: Readonly<Record<string, string | number>>;
};

export const nothingBesides: Besides = { cardNumber: '', tags: '', birthday: '', fields: {} };

/** The same as the server is told of it; what was left empty is not said. */
export function saidBesides({ cardNumber, tags, birthday, fields }: Besides) {
  const named = [...new Set(tags.split(/[,，、]/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
  const own = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return {
    ...(cardNumber.trim() === '' ? {} : { cardNumber: cardNumber.trim() }),
    ...(named.length === 0 ? {} : { tags: named }),
    ...(birthday.trim() === '' ? {} : { birthday: birthday.trim() }),
    ...(Object.keys(own).length === 0 ? {} : { fields: own }),
  };
}
