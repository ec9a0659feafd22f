type Listed = Readonly<Record<string, { readonly status: number; readonly title: string }>>;

/** What is refused whatever is asked for: how it is asked, by whom, and while the service cannot. */
export const serviceRefusals = {
  // The request itself.
  invalid_request: { status: 400, title: 'The request is not understood.' },
  idempotency_key_required: { status: 400, title: 'This moves value and needs an Idempotency-Key header.' },
  idempotency_key_reused: { status: 422, title: 'This idempotency key was used for another request.' },
  body_too_large: { status: 413, title: 'The request is too large.' },
  headers_too_large: { status: 431, title: 'The headers are too large.' },
  route_not_found: { status: 404, title: 'There is no such address.' },
  method_not_allowed: { status: 405, title: 'This address does not answer to that method.' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON.' },
  // Who asks.
  unauthenticated: { status: 401, title: 'The API key is missing, unknown or revoked.' },
  permission_denied: { status: 403, title: 'This key may not do that.' },
  store_out_of_scope: { status: 403, title: 'This key may not act for that store.' },
  amount_over_ceiling: { status: 403, title: "The amount is above this key's ceiling." },
  amount_over_daily_ceiling: { status: 403, title: "It would be more than today's ceiling." },
  step_up_required: { status: 403, title: 'Such an amount needs a proof given just now of who you are.' },
  cross_origin: { status: 403, title: 'This did not come from a page of this site.' },
  no_merchant: { status: 403, title: 'You work for no merchant, or have chosen none.' },
  // Signing in.
  sign_in_refused: { status: 401, title: 'The login or the password is not right.' },
  too_many_attempts: { status: 429, title: 'Too many attempts; wait before the next.' },
  second_factor_required: { status: 403, title: 'This needs a code of your second factor.' },
  second_factor_wrong: { status: 403, title: 'The code is not right, or was used before.' },
  password_wrong: { status: 403, title: 'The password is not right.' },
  password_too_short: { status: 422, title: 'The password is too short.' },
  password_too_weak: { status: 422, title: 'The password is easily guessed, or has leaked somewhere.' },
  totp_not_begun: { status: 409, title: 'No app is being set up, or it was begun anew.' },
  passkey_not_good: {
    status: 403,
    title: 'The passkey is unknown here, or did not sign what it was asked to.',
  },
  passkey_not_found: { status: 404, title: 'There is no such passkey.' },
  session_not_found: { status: 404, title: 'There is no such session, or it has ended.' },
  merchant_not_found: { status: 404, title: 'There is no such merchant, or you do not work for it.' },
  link_not_good: { status: 404, title: 'The link is unknown, was used, or has expired.' },
  // The service.
  overloaded: { status: 503, title: 'Too much is waiting; try again soon.' },
  unavailable: { status: 503, title: 'The service cannot reach its database; try again with the same key.' },
  outcome_unknown: {
    status: 503,
    title: 'It is not known whether this happened; ask again with the same key.',
  },
  internal_error: { status: 500, title: 'Something broke. It has been logged.' },
  ledger_frozen: {
    status: 503,
    title: 'The books did not verify; nothing moves until an operator has looked.',
  },
} as const satisfies Listed;
