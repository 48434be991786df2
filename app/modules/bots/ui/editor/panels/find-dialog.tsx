import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Dialog } from "~/ui/overlay/dialog";
import { KindIcon } from "../kind-look";
import { findNodes } from "../model/find-nodes";
import { useDraft, useEditor } from "../state/editor-context";
import { useWords } from "../words";

type FindDialogProps = { open: boolean; onOpenChange(open: boolean): void };

/** Finds nodes by their names and by what they say, and goes there. */
export function FindDialog({ open, onOpenChange }: FindDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("bots.editor.find")} open={open} onOpenChange={onOpenChange}>
      {(close) => <Finder close={close} />}
    </Dialog>
  );
}

function Finder({ close }: { close(): void }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const draft = useDraft();
  const { nodeName } = useWords();
  const [query, setQuery] = useState("");
  const found = findNodes(draft, query, nodeName).slice(0, 50);
  const go = (id: string) => {
    if (draft.nodes.some((node) => node.id === id)) store.openNode(id);
    else store.show(id);
    close();
  };
  return (
    <div className="grid gap-3">
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: the dialog is there to be written into.
        autoFocus
        aria-label={t("bots.editor.findHint")}
        placeholder={t("bots.editor.findHint")}
        className="control"
        value={query}
        onChange={({ target }) => setQuery(target.value)}
        onKeyDown={(event) => event.key === "Enter" && found[0] && go(found[0].id)}
      />
      <p role="status" className="text-ink-soft text-sm">
        {query.trim() === "" ? "" : t("bots.editor.found", { count: found.length })}
      </p>
      <ul>
        {found.map(({ id, text }) => {
          const node = draft.nodes.find((one) => one.id === id);
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => go(id)}
                className="flex min-h-11 w-full items-center gap-2.5 rounded-sm px-2 text-left hover:bg-hover"
              >
                {node && <KindIcon kind={node.kind} small />}
                <span className="min-w-0">
                  <span className="block truncate font-medium">{node ? nodeName(node) : t("bots.editor.sticky")}</span>
                  <span className="block truncate text-ink-soft text-sm">{text}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
