import type { TFunction } from "i18next";
import type { AttachmentView } from "../message-view";
import { withoutMarks } from "../styles/find-styles";

/** What stands for a file where only words fit: a document's name, or what it is. */
export function fileWords(t: TFunction, { kind, name }: Pick<AttachmentView, "kind" | "name">): string {
  return kind === "file" && name ? name : t(`media.kind.${kind}`);
}

/** A message in few words: its text, as it reads, or its first file. */
export function wordsOf(t: TFunction, text: string | null, file: Parameters<typeof fileWords>[1] | null | undefined) {
  return text ? withoutMarks(text) : file ? fileWords(t, file) : "";
}
