import type { cardStateWords } from '../ui/cards/words.ts';

export type Given = { readonly code: string; readonly pin?: string };

/** What the public is told of a card, as far as a shop's page shows it. */
export type Seen = {
  readonly state: keyof typeof cardStateWords.zh;
  readonly available: number;
  readonly currency: string;
  readonly validUntil: string | null;
  readonly maskedCode: string;
};

export type Looked =
  | { readonly is: 'seen'; readonly card: Seen }
  | { readonly is: 'notRecognised' | 'tooMany' | 'unreachable' };

/** Asks what is on a card. No cookie goes along, and none comes back. */
export async function look(server: string, slug: string, given: Given): Promise<Looked> {
  try {
    const answer = await fetch(`${server}/v1/wallet/${encodeURIComponent(slug)}/look`, {
      method: 'POST',
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    if (answer.status === 429) return { is: 'tooMany' };
    if (answer.status === 404 || answer.status === 400) return { is: 'notRecognised' };
    if (!answer.ok) return { is: 'unreachable' };
    // The server checks its answers against the document that says what they are.
    return { is: 'seen', card: (await answer.json()) as Seen };
  } catch {
    // No network, or the merchant has not allowed this site.
    return { is: 'unreachable' };
  }
}
