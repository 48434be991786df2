export const UNLIMITED = Number.POSITIVE_INFINITY;

/** `characters` are UTF-16 units, which is never fewer than what a provider counts; `bytes` are UTF-8's. */
export type TextUnit = "characters" | "bytes";

/** What a channel can show: texts and bodies in `text.unit`, all else in characters; null where it has no such thing. */
export type ChannelLimits = {
  text: { max: number; unit: TextUnit };
  /** Under a picture, video or file; 0 where words go in a message of their own. Sound never has any. */
  caption: number;
  /** A few choices shown as buttons under a text (Meta's quick replies included). */
  buttons: { max: number; title: number; id: number; body: number; footer: number; picture: boolean } | null;
  /** A menu that opens. `rows` is the sum over all sections. */
  list: {
    sections: number;
    rows: number;
    rowId: number;
    rowTitle: number;
    rowDescription: number;
    sectionTitle: number;
    button: number;
    body: number;
    footer: number;
  } | null;
  cards: { max: number; title: number; subtitle: number; buttons: number; buttonTitle: number } | null;
};
