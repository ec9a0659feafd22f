const phone = /^(?:\+\d{6,}|(?:(?:00)?86)?1[3-9]\d{9})$/;

/** By what somebody is named: a whole phone number, or else what is printed on a card. */
export function namedBy(text: string): { readonly phone: string } | { readonly cardNumber: string } {
  const typed = text.replaceAll(/[\s()-]/g, '');
  return phone.test(typed) ? { phone: typed } : { cardNumber: text.trim() };
}
