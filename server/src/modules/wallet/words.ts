/** Where words of a complaint are sealed for. */
export function placeOf(merchantId: string, id: string, field: 'complaint' | 'reference' | 'answer') {
  return { merchantId, id, field };
}
