const handed = new Map<string, readonly File[]>();

/** Gives files to the composer of a conversation that is about to be opened in this page. */
export const handFiles = (conversationId: string, files: readonly File[]): void => {
  if (files.length > 0) handed.set(conversationId, files);
};

/** What was handed to it, once. */
export function takeHanded(conversationId: string): readonly File[] {
  const files = handed.get(conversationId) ?? [];
  handed.delete(conversationId);
  return files;
}
