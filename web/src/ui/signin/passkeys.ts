import { type AnswerOf, ask } from '../../api/client.ts';

type Json = Readonly<Record<string, unknown>>;
type KeyClass = typeof PublicKeyCredential & {
  parseRequestOptionsFromJSON?(options: unknown): PublicKeyCredentialRequestOptions;
  parseCreationOptionsFromJSON?(options: unknown): PublicKeyCredentialCreationOptions;
};

const known: KeyClass | undefined = (globalThis as { PublicKeyCredential?: KeyClass }).PublicKeyCredential;

/** Whether this browser can sign in by fingerprint, face or a security key. */
export const hasPasskeys =
  known?.parseRequestOptionsFromJSON !== undefined && known.parseCreationOptionsFromJSON !== undefined;

/** What the browser's credential looks like as JSON, which is what the server takes. */
function jsonOf(credential: Credential | null): Json {
  if (credential === null || !('toJSON' in credential) || typeof credential.toJSON !== 'function')
    throw new Error('the browser gave no passkey');
  return credential.toJSON() as Json;
}

/** Signs in by a passkey, or proves anew who one is. Throws where the person turns away. */
export async function signByPasskey(): Promise<AnswerOf<'POST /v1/session/passkey'>> {
  const { body: options } = await ask('POST /v1/session/passkey/options', { body: {} });
  const publicKey = known?.parseRequestOptionsFromJSON?.(options);
  if (!publicKey) throw new Error('this browser knows no passkeys');
  const { id, rawId, type, response, clientExtensionResults } = jsonOf(
    await navigator.credentials.get({ publicKey }),
  );
  const { clientDataJSON, authenticatorData, signature, userHandle } = response as Json;
  const given = {
    id,
    rawId,
    type,
    clientExtensionResults,
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  };
  // The browser's own words for it; the server parses every one of them.
  const body = { response: given } as Parameters<typeof ask<'POST /v1/session/passkey'>>[1]['body'];
  return (await ask('POST /v1/session/passkey', { body })).body;
}

/** Has the browser make a passkey and the server keep it, under a name. */
export async function makePasskey(name: string): Promise<AnswerOf<'POST /v1/session/passkeys'>> {
  const { body: options } = await ask('POST /v1/session/passkeys/options', { body: {} });
  const publicKey = known?.parseCreationOptionsFromJSON?.(options);
  if (!publicKey) throw new Error('this browser knows no passkeys');
  const { id, rawId, type, response, clientExtensionResults } = jsonOf(
    await navigator.credentials.create({ publicKey }),
  );
  const { clientDataJSON, attestationObject, transports } = response as Json;
  const given = {
    id,
    rawId,
    type,
    clientExtensionResults,
    response: { clientDataJSON, attestationObject, transports },
  };
  const body = { response: given, name } as Parameters<typeof ask<'POST /v1/session/passkeys'>>[1]['body'];
  return (await ask('POST /v1/session/passkeys', { body })).body;
}
