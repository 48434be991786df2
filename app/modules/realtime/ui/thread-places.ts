/** Where a reader is in a conversation, above its end. */
export type ThreadPlace = {
  /** The first message in sight. */
  seq: number;
  /** How far it has gone above the edge (px); below it, less than 0. */
  offset: number;
  /** How far the conversation went when the reader left its end: what came since is counted. */
  leftAt: number;
};

const places = new Map<string, ThreadPlace>();

/** For as long as the page stands, a conversation that is opened again begins where it was left. */
export const placeIn = (conversationId: string): ThreadPlace | undefined => places.get(conversationId);

/** Whoever signs in next begins at the ends. */
export const forgetPlaces = (): void => places.clear();

/** Null at the end: there a conversation begins by itself. */
export function rememberPlace(conversationId: string, place: ThreadPlace | null): void {
  if (place) places.set(conversationId, place);
  else places.delete(conversationId);
}
