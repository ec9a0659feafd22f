import { z } from 'zod';

// What a browser sends of a passkey. Fields that it adds are left out: the library checks those that count.

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+$/, 'must be base64url');
const extensions = z.record(z.string(), z.unknown()).default({});

export const registrationIn = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
  clientExtensionResults: extensions,
});

export const assertionIn = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional().nullable(),
  }),
  clientExtensionResults: extensions,
});
