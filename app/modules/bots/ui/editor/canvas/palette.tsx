import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { NodeKind } from "../../../nodes/kinds";
import { FAMILIES, familyOf, KindIcon } from "../kind-look";
import { ADDABLE } from "../state/actions";
import { useWords } from "../words";

/** By what a dragged kind is known. */
export const KIND_TYPE = "application/x-guazu-node-kind";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

type PaletteProps = { onChoose(kind: NodeKind): void; draggable?: boolean; autoFocus?: boolean };

/** Every kind of node by family, found by name and purpose: to press, or to drag onto the canvas. */
export function Palette({ onChoose, draggable = false, autoFocus }: PaletteProps) {
  const { t } = useTranslation();
  const { kindName, kindAbout } = useWords();
  const [query, setQuery] = useState("");
  const wanted = plain(query.trim());
  const fits = (kind: NodeKind) => plain(`${kindName(kind)} ${kindAbout(kind)}`).includes(wanted);
  const shown = ADDABLE.filter(fits);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="relative shrink-0 p-3 pb-2">
        <Search
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-5.5 my-auto mt-5 size-4 text-ink-faint"
        />
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: whoever opens a chooser writes into it.
          autoFocus={autoFocus}
          aria-label={t("bots.editor.findKind")}
          placeholder={t("bots.editor.findKind")}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && shown[0]) onChoose(shown[0]);
          }}
          className="control pl-8"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {shown.length === 0 && <p className="px-2 py-3 text-ink-soft text-sm">{t("bots.editor.noKind")}</p>}
        {FAMILIES.map((family) => {
          const kinds = shown.filter((kind) => familyOf(kind) === family);
          if (kinds.length === 0) return null;
          return (
            <section key={family} aria-label={t(`bots.families.${family}`)} className="pt-2">
              <h2 className="px-2 pb-1 font-medium text-ink-faint text-xs">{t(`bots.families.${family}`)}</h2>
              <ul>
                {kinds.map((kind) => (
                  <li key={kind}>
                    <button
                      type="button"
                      title={kindAbout(kind)}
                      draggable={draggable}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(KIND_TYPE, kind);
                        event.dataTransfer.effectAllowed = "copy";
                      }}
                      onClick={() => onChoose(kind)}
                      className="flex min-h-10 w-full items-center gap-2.5 rounded-sm px-2 py-1 text-left hover:bg-hover pointer-coarse:min-h-11"
                    >
                      <KindIcon kind={kind} small />
                      <span className="min-w-0 truncate">{kindName(kind)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}
