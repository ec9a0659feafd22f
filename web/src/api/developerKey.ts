/** Until people can sign in: the key that a developer typed, for this tab. */
export function developerKey(): string | null {
  return sessionStorage.getItem('scrip.developer-key');
}
