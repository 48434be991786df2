/** A chat to which a message can go. */
export type ForwardChat = {
  id: string;
  title: string;
  /** By which its picture is made. */
  pictureOf: string;
};

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The chats in whose name a word stands, without case and accents. */
export const chatsNamed = <Chat extends ForwardChat>(chats: readonly Chat[], word: string): Chat[] =>
  chats.filter(({ title }) => fold(title).includes(fold(word.trim())));
