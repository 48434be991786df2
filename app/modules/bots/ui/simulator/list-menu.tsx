import { List } from "lucide-react";
import type { OutboundContent } from "~/modules/channels";
import { buttonClass } from "~/ui/button";

type ListContent = Extract<OutboundContent, { type: "list" }>;
type ListMenuProps = { list: ListContent; onPick?: (choice: { id: string; label: string }) => void };

/** A menu that opens by its button, as WhatsApp shows it. */
export function ListMenu({ list, onPick }: ListMenuProps) {
  return (
    <details className="w-64 max-w-full">
      <summary className={buttonClass("quiet", "sm", "w-full list-none")}>
        <List aria-hidden className="size-4" />
        {list.button}
      </summary>
      <ul className="mt-1 grid rounded-md border border-line bg-surface">
        {list.sections
          .flatMap(({ rows }) => rows)
          .map(({ id, title, description }) => (
            <li key={id} className="border-line border-b last:border-b-0">
              <button
                type="button"
                disabled={!onPick}
                className="grid min-h-9 w-full px-3 py-1.5 text-start hover:bg-hover disabled:hover:bg-transparent pointer-coarse:min-h-11"
                onClick={() => onPick?.({ id, label: title })}
              >
                <bdi>{title}</bdi>
                {description && <bdi className="text-ink-soft text-sm">{description}</bdi>}
              </button>
            </li>
          ))}
      </ul>
    </details>
  );
}
