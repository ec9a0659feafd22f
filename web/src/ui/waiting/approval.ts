/** The approval that a 202 answer names; undefined where what was asked is done, or goes on without anybody. */
export function approvalIn(status: number, body: unknown): string | undefined {
  if (status !== 202 || typeof body !== 'object' || body === null || !('approval' in body)) return undefined;
  const { approval } = body;
  if (typeof approval !== 'object' || approval === null || !('id' in approval)) return undefined;
  return typeof approval.id === 'string' ? approval.id : undefined;
}
