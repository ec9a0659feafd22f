import type { Operations } from './operations.ts';

export type OperationName = keyof Operations;
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer'];
export type BodyOf<Name extends OperationName> = Operations[Name]['body'];
export type ItemOf<Name extends OperationName> =
  AnswerOf<Name> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/**
 * What an operation is asked with: what is in its path, its query and its body. Its `idempotencyKey` is the same for every
 * attempt at one thing; whatever moves value needs it.
 */
export type Ask<Name extends OperationName> = Operations[Name]['ask'];

/** A refusal as the server words it: a problem document with its code. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string | undefined;
  readonly field: string | undefined;
  /** What else the server said of it, such as where a card was used before. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, facts: Readonly<Record<string, unknown>>) {
    const code = typeof facts.code === 'string' ? facts.code : 'internal_error';
    super(code);
    this.code = code;
    this.status = status;
    this.detail = typeof facts.detail === 'string' ? facts.detail : undefined;
    this.field = typeof facts.field === 'string' ? facts.field : undefined;
    this.facts = facts;
  }
}

/** No answer came: what was asked may have happened or not. */
export class Unanswered extends Error {}

export type Answered<Answer> = {
  readonly status: number;
  readonly body: Answer;
  /** It had happened before, under the same key. */
  readonly replayed: boolean;
};

/** What every answer may mean to the page as a whole, such as that nobody is signed in any more. */
const listeners = new Set<(refusal: Refused) => void>();

/** Hears of each refusal; answers how to stop hearing. */
export function onRefusal(listener: (refusal: Refused) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has somebody prove anew who they are; answers whether they did. */
let prove: (() => Promise<boolean>) | undefined;

let proving: Promise<boolean> | undefined;

/** Says who is asked when the server wants a fresh proof. */
export function setProver(prover: (() => Promise<boolean>) | undefined): void {
  prove = prover;
}

/**
 * Asks the server. Throws Refused when it refuses and Unanswered when nothing, or not everything, came back. Where it wants a
 * fresh proof first, that is asked for, and then the very same is asked again. A file is sent in the place of a body, as what
 * its type says.
 */
export async function ask<Name extends OperationName>(
  name: Name,
  parts: Ask<Name>,
  signal?: AbortSignal,
  file?: Blob,
): Promise<Answered<AnswerOf<Name>>> {
  try {
    return await askOnce(name, parts, signal, file);
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'step_up_required')) throw error;
    // Requests that want it at the same time wait for the same proof.
    proving ??= prove?.().finally(() => {
      proving = undefined;
    });
    if (!(await proving)) throw error;
    // The time that proving took is not the server's.
    return askOnce(name, parts, undefined, file);
  }
}

async function askOnce<Name extends OperationName>(
  name: Name,
  parts: Ask<Name>,
  signal?: AbortSignal,
  file?: Blob,
): Promise<Answered<AnswerOf<Name>>> {
  const response = await send(name, parts, signal, file);
  const text = await response.text().catch(halfAnAnswer);
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  // The document that these types are made of is what the server checks its answers against.
  const answer = (isJson && text !== '' ? JSON.parse(text) : text) as AnswerOf<Name>;
  return { status: response.status, body: answer, replayed: response.headers.has('idempotent-replayed') };
}

/** Asks for a file, to be handed on as it came. Throws as `ask` does. */
export async function askForFile<Name extends OperationName>(name: Name, parts: Ask<Name>): Promise<Blob> {
  const response = await send(name, parts);
  return response.blob().catch(halfAnAnswer);
}

function halfAnAnswer(cause: unknown): never {
  throw new Unanswered('half an answer', { cause });
}

/** Sends it off; answers with what is good, and throws what is refused. */
async function send<Name extends OperationName>(
  name: Name,
  parts: Ask<Name>,
  signal?: AbortSignal,
  file?: Blob,
): Promise<Response> {
  const [method = 'GET', path = ''] = name.split(' ');
  const { params, query, body, idempotencyKey } = parts;
  const headers = new Headers({ accept: 'application/json' });
  // A page of another site cannot set it without asking first.
  if (method !== 'GET') headers.set('scrip-client', 'web');
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  const request: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (file !== undefined) request.body = file;
  if (signal !== undefined) request.signal = signal;
  const response = await fetch(addressOf(path, params, query), request).catch((cause: unknown) => {
    throw new Unanswered('no answer', { cause });
  });
  if (response.ok) return response;
  const refusal = new Refused(response.status, problemOf(await response.text().catch(halfAnAnswer)));
  for (const listener of listeners) listener(refusal);
  throw refusal;
}

function addressOf(path: string, params: unknown, query: unknown): string {
  const values: Readonly<Record<string, unknown>> = { ...(params as object | undefined) };
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(values[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...(query as object | undefined) })) {
    // A query is made of texts and numbers only.
    if (typeof value === 'string' && value !== '') search.set(name, value);
    if (typeof value === 'number') search.set(name, `${value}`);
  }
  const asked = search.toString();
  return asked === '' ? filled : `${filled}?${asked}`;
}

function problemOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** A key that no other attempt has. */
export function newKey(): string {
  return crypto.randomUUID();
}
