/** Whether a text is what a member's phone shows, as a scanner types it: far longer than what is printed on a card. */
export const isMemberCode = (text: string): boolean => /^P1[0-9A-Z]{40,}$/i.test(text.trim());
