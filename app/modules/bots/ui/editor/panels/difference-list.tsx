import { useTranslation } from "~/i18n/translation";
import type { FlowDifference } from "../../../editing/difference";
import { isSame } from "../../../editing/difference";
import type { Flow } from "../../../flow";
import { KindIcon } from "../kind-look";
import { useWords } from "../words";

type DifferenceListProps = { difference: FlowDifference; before: Flow; after: Flow };

const shown = (value: unknown): string =>
  value === undefined || value === null || value === ""
    ? "—"
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

/** What differs between two states of a flow, in words. */
export function DifferenceList({ difference, before, after }: DifferenceListProps) {
  const { t } = useTranslation();
  const words = useWords();
  if (isSame(difference)) return <p className="text-ink-soft">{t("bots.versions.same")}</p>;
  const nodeOf = (id: string | null) => [...after.nodes, ...before.nodes].find((node) => node.id === id);
  const nameOf = (id: string | null) => {
    const node = nodeOf(id);
    return node ? node.title || words.kindName(node.kind) : t("bots.editor.nowhere");
  };
  const { nodes, edges, commands, settings } = difference;
  const rest = [...commands, ...settings];
  return (
    <ul className="grid gap-3 text-sm">
      {nodes.map(({ id, kind, change, fields }) => (
        <li key={id} className="flex gap-2.5">
          <KindIcon kind={kind} small />
          <div className="min-w-0 flex-1">
            <p className="font-medium">
              {nameOf(id)} <span className="font-normal text-ink-soft">· {t(`bots.versions.${change}`)}</span>
            </p>
            {change === "changed" &&
              fields.map(({ path, before: was, after: is }) => (
                <p key={path} className="wrap-anywhere text-ink-soft">
                  <del className="text-danger-text">{shown(was)}</del> →{" "}
                  <ins className="text-jungle-text">{shown(is)}</ins>
                </p>
              ))}
          </div>
        </li>
      ))}
      {edges.map(({ from, exit, before: was, after: is }) => (
        <li key={`${from} ${exit}`} className="wrap-anywhere">
          <span className="font-medium">{nameOf(from)}</span> ({exit}): <del>{nameOf(was)}</del> → {nameOf(is)}
        </li>
      ))}
      {rest.map(({ path, before: was, after: is }) => (
        <li key={path} className="wrap-anywhere">
          {path}: <del>{shown(was)}</del> → {shown(is)}
        </li>
      ))}
    </ul>
  );
}
