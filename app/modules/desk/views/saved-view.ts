export const LONGEST_VIEW_NAME = 60;
/** So many views one person, and everybody together, may keep. */
export const MOST_VIEWS = 50;

/** A filter of the inbox under a name. */
export type SavedView = {
  id: string;
  name: string;
  /** The query string of the inbox's address, beginning with `?`; empty for the reader's own tickets. */
  filter: string;
  /** Everybody's, kept by the admins; else the reader's own. */
  shared: boolean;
  position: number;
};
