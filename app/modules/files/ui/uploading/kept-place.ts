export const place = (conversationId: string) => `uploads ${conversationId}`;

/** Whether a page left uploads behind, without what it takes to read them. */
export function hasKept(conversationId: string): boolean {
  try {
    return localStorage.getItem(place(conversationId)) !== null;
  } catch {
    return false;
  }
}
