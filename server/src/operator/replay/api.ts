import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { openWire, type Received } from './wire.ts';

/** What the service did, or why it did not. */
export type Answer<Body> =
  | { readonly body: Body /** It had been done before, under this key. */; readonly replayed: boolean }
  | { readonly refusal: string; readonly detail: string };

/** A client of the API with one key. Throws where the service is not there, broken, or does not take the key. */
export type Api = {
  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
  /** All items of a list, page after page. */
  list<Shape extends z.ZodType>(path: string, item: Shape): Promise<z.output<Shape>[]>;
  /** Sends this body under this idempotency key, again and again while it is not known what became of it. */
  post<Shape extends z.ZodType>(
    path: string,
    key: string,
    body: unknown,
    shape: Shape,
  ): Promise<Answer<z.output<Shape>>>;
  /** Sends it once and answers with the text: for what is handed out once. */
  take(path: string): Promise<Answer<string>>;
};

/** What all that is made has. */
export const Id = z.looseObject({ id: z.string() });
/** A card as lists show it. */
export const CardFacts = Id.extend({
  serial: z.string(),
  state: z.string(),
  balance: z.int(),
  currency: z.string(),
  holder: z.string().nullable(),
});

const Problem = z.looseObject({ code: z.string(), title: z.string(), detail: z.string().optional() });
/** Refusals that pass: the same request under the same key may go through. */
const passing = ['overloaded', 'unavailable', 'outcome_unknown'];
const hopeless = [
  'unauthenticated',
  'permission_denied',
  'store_out_of_scope',
  'amount_over_ceiling',
  'ledger_frozen',
];
/** Enough for a service that is started anew meanwhile: about a minute in all. */
const triesMax = 10;
const restMs = (tries: number): number => Math.min(100 * 2 ** tries, 10_000);

/** A client of the service at `base`, over connections that are kept. Nothing is sent yet. */
export function openApi(base: string, key: string): Api {
  const wire = openWire(base);
  const authorization = `Bearer ${key}`;
  const read = (path: string) => wire({ method: 'GET', path, headers: { authorization } });
  const write = (path: string, idempotencyKey: string, body: string) => {
    const headers = { authorization, 'idempotency-key': idempotencyKey, 'content-type': 'application/json' };
    return wire({ method: 'POST', path, headers, body });
  };

  async function get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>> {
    const answer = await persist(path, () => read(path));
    if ('refusal' in answer) throw new Error(`GET ${path} was refused: ${answer.refusal} ${answer.detail}`);
    return shape.parse(JSON.parse(answer.body));
  }

  return {
    get,
    async list(path, item) {
      const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
      const joint = path.includes('?') ? '&' : '?';
      const items: z.output<typeof item>[] = [];
      let cursor: string | null = null;
      do {
        const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const found: z.output<typeof page> = await get(`${path}${joint}limit=200${from}`, page);
        items.push(...found.items);
        cursor = found.nextCursor;
      } while (cursor !== null);
      return items;
    },
    async post(path, idempotencyKey, body, shape) {
      const text = JSON.stringify(body);
      const answer = await persist(path, () => write(path, idempotencyKey, text));
      return 'refusal' in answer ? answer : { ...answer, body: shape.parse(JSON.parse(answer.body)) };
    },
    take: async (path) => answerOf(path, await wire({ method: 'POST', path, headers: { authorization } })),
  };
}

/** Asks until it is known what became of it. */
async function persist(path: string, ask: () => Promise<Received>): Promise<Answer<string>> {
  for (let tries = 0; ; tries++) {
    const last = tries === triesMax;
    const answer = await ask()
      .then((response) => answerOf(path, response))
      .catch((error: unknown) => {
        if (last || error instanceof Hopeless) throw error;
        return undefined;
      });
    if (answer !== undefined) {
      if (!('refusal' in answer) || !passing.includes(answer.refusal)) return answer;
      if (last) throw new Error(`${path}: ${answer.refusal} ${answer.detail}`);
    }
    await pause(restMs(tries));
  }
}

/** Asking again would not help. */
class Hopeless extends Error {}

function answerOf(path: string, { status, headers, text }: Received): Answer<string> {
  if (status >= 200 && status < 300)
    return { body: text, replayed: headers['idempotent-replayed'] === 'true' };
  const problem = Problem.safeParse(
    String(headers['content-type']).includes('json') ? JSON.parse(text) : undefined,
  );
  if (!problem.success) throw new Hopeless(`${path} answered ${status}, which is not Scrip's way`);
  const { code, title, detail = '' } = problem.data;
  if (hopeless.includes(code) || status === 500) {
    throw new Hopeless(`${path}: ${title} (${code}${detail === '' ? '' : `, ${detail}`})`);
  }
  return { refusal: code, detail };
}
