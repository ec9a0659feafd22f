const kinds = ['welcome', 'invitation', 'password'] as const;
type Link = { readonly kind: (typeof kinds)[number]; readonly token: string };

/**
 * The link that somebody came by. It stands behind the # of the address, which browsers keep to themselves, so that its token
 * gets into nobody's log.
 */
export function linkIn(hash: string): Link | undefined {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const token = new URLSearchParams(query).get('token');
  const kind = kinds.find((one) => one === path);
  return kind && token ? { kind, token } : undefined;
}
