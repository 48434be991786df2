import { useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import type { NodeWords } from "../editing/node-words";

/** How nodes and their exits are called outside of the drawing. */
export function useNodeLabel() {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => ({
      /** Its own name, else its kind and the beginning of its text; one that is no longer there by its id. */
      nodeLabel: (words: NodeWords | undefined, id: string): string => {
        if (!words) return id;
        if (words.title !== "") return words.title;
        const kind = t(`bots.kinds.${words.kind}.name`);
        return words.text === "" ? kind : t("bots.nodeLabel", { kind, text: words.text });
      },
      exitLabel: (words: NodeWords | undefined, exit: string): string =>
        words?.exits[exit] ?? (i18n.exists(`bots.exits.${exit}`) ? i18n.t(`bots.exits.${exit}`) : exit),
    }),
    [t, i18n],
  );
}
