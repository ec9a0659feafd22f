import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Document } from './document.ts';
import { errorsPage, referencePage } from './pages.ts';
import { type Language, languages } from './words.ts';

// Nothing is fetched from elsewhere, nothing in a page runs or is framed: what a field's text says stays text.
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Adds the pages that people read: the reference of the API, and its refusals. */
export function addDocs(app: FastifyInstance, openapi: object): void {
  // `openapiOf` makes it of our own routes; the pages read only what all of these have.
  const document = openapi as Document;
  const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
  const script = readFileSync(new URL('script.js', import.meta.url), 'utf8');
  const reference = once((language) => referencePage(document, language));
  const errors = once(errorsPage);
  app.get('/docs', (request, reply) => send(reply, 'html', reference(languageOf(request))));
  app.get('/docs/errors', (request, reply) => send(reply, 'html', errors(languageOf(request))));
  app.get('/docs/style.css', (_request, reply) => send(reply, 'css', style));
  app.get('/docs/script.js', (_request, reply) => send(reply, 'javascript', script));
}

/** Pages are made when somebody asks for them, and then kept. */
function once(make: (language: Language) => string): (language: Language) => string {
  const made = new Map<Language, string>();
  return (language) => {
    const text = made.get(language) ?? make(language);
    made.set(language, text);
    return text;
  };
}

/** The language that the address names, or else the first of ours that the browser would like. */
function languageOf(request: FastifyRequest): Language {
  const named = new URL(request.url, 'http://localhost').searchParams.get('lang');
  const liked = (request.headers['accept-language'] ?? '').split(',').map((text) => text.trim().slice(0, 2));
  return [named, ...liked].flatMap((text) => languages.filter((one) => one === text))[0] ?? languages[0];
}

function send(reply: FastifyReply, type: 'html' | 'css' | 'javascript', text: string): FastifyReply {
  return reply
    .header('content-type', `text/${type}; charset=utf-8`)
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-cache')
    .header('vary', 'Accept-Language')
    .send(text);
}
