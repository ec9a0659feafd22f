import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** server/openapi.json: the API as the routes declare it. */
export async function makeOpenapi(root: string): Promise<ReadonlyMap<string, string>> {
  const app = join(root, 'server', 'src', 'api.ts');
  if (!existsSync(app)) throw new Error('there is no server/src/api.ts to ask for its OpenAPI document');
  const { openapiDocument } = (await import(pathToFileURL(app).href)) as { openapiDocument(): object };
  return new Map([['server/openapi.json', `${JSON.stringify(openapiDocument(), undefined, 2)}\n`]]);
}
