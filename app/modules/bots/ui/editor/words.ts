import { useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Draft, DraftNode } from "../../editing/draft";
import { beginningOf, summaryOf } from "../../editing/node-words";
import type { NodeKind } from "../../nodes/kinds";
import { draftExits } from "./model/draft-exits";
import type { EditorProblem } from "./state/problems";

export { summaryOf } from "../../editing/node-words";

/** The interface's words for what a flow is made of. */
export function useWords() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const first = (keys: readonly string[], otherwise: string) => {
      const key = keys.find((one) => i18n.exists(one));
      return key === undefined ? otherwise : i18n.t(key);
    };
    const kindName = (kind: NodeKind) => t(`bots.kinds.${kind}.name`);
    const optionOf = (words: string, value: string) => {
      const last = words.slice(words.lastIndexOf("_") + 1);
      return first([`bots.options.${words}_${value}`, `bots.options.${last}_${value}`], value);
    };
    const exitName = (node: DraftNode, exit: string) =>
      draftExits(node)?.find(({ id }) => id === exit)?.label ?? first([`bots.exits.${exit}`], exit);
    const nodeName = (node: DraftNode) => node.title.trim() || kindName(node.kind);
    return {
      kindName,
      nodeName,
      /** One line that tells a node from the others of its kind. */
      nodeLabel: (node: DraftNode) => {
        const text = beginningOf(summaryOf(node));
        if (text === "" || node.title.trim() !== "") return nodeName(node);
        return t("bots.nodeLabel", { kind: kindName(node.kind), text });
      },
      exitName,
      optionOf,
      kindAbout: (kind: NodeKind) => t(`bots.kinds.${kind}.about`),
      fieldName: (kind: string, words: string) => {
        const last = words.slice(words.lastIndexOf("_") + 1);
        return first(
          [`bots.fields.${kind}.${words}`, `bots.fields.common.${words}`, `bots.fields.common.${last}`],
          words,
        );
      },
      /** What may not be plain from a field's name alone. */
      fieldHint: (kind: string, words: string, mayBeEmpty: boolean) => {
        const shared = mayBeEmpty ? [`bots.hints.common.${words}`] : [];
        return first([`bots.hints.${kind}.${words}`, ...shared], "") || undefined;
      },
      /** What it means that nothing is chosen. */
      noneName: (kind: string, words: string) => first([`bots.none.${kind}.${words}`], t("bots.editor.none")),
      /** What is wrong, with exits and channels by their names. */
      problemText: ({ message, node }: EditorProblem, draft: Draft) => {
        const { exit, channel, ...params } = message.params;
        const at = draft.nodes.find(({ id }) => id === node);
        return i18n.t(message.key, {
          ...params,
          ...(exit !== undefined && { exit: at ? exitName(at, String(exit)) : exit }),
          ...(channel !== undefined && { channel: first([`ticket.channels.${channel}`], String(channel)) }),
        });
      },
    };
  }, [t, i18n]);
}
