/** What somebody signs in by, in the one form in which it is looked up. */
export type Login = { readonly kind: 'email' | 'phone'; readonly text: string };

const emailForm = /^[^\s@"(),:;<>[\]\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])$/u;

/**
 * An e-mail address or phone number as somebody typed it; undefined if it is neither. A number of eleven digits that
 * begins with 1 is a mobile one of mainland China, others need their country.
 */
export function loginOf(typed: string): Login | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text.includes('@')) {
    const address = text.toLowerCase();
    return emailForm.test(address) && address.length <= 254 ? { kind: 'email', text: address } : undefined;
  }
  const digits = text.replace(/[\s().-]/g, '').replace(/^00/, '+');
  if (/^1[3-9]\d{9}$/.test(digits)) return { kind: 'phone', text: `+86${digits}` };
  return /^\+[1-9]\d{6,14}$/.test(digits) ? { kind: 'phone', text: digits } : undefined;
}

/** It as it may be shown to others: enough to tell one's own. */
export function maskedLogin({ kind, text }: Login): string {
  if (kind === 'email') {
    const at = text.lastIndexOf('@');
    return `${text.slice(0, at > 2 ? 2 : 1)}***${text.slice(at)}`;
  }
  const national = text.replace(/^\+86(?=1\d{10}$)/, '');
  return `${national.slice(0, 3)}****${national.slice(-4)}`;
}
