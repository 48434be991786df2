import { useTranslation } from "~/i18n/translation";
import { differenceOf, type EdgeDifference, type FieldDifference, isSame } from "../../../editing/difference";
import type { DraftNode } from "../../../editing/draft";
import type { Flow } from "../../../flow";
import { type Field, formOfCommand, formOfFlow, formOfKind } from "../form/form-fields";
import { KindIcon } from "../kind-look";
import { useWords } from "../words";
import { useDifferenceWords } from "./use-difference-words";

type DifferenceListProps = { before: Flow; after: Flow };

/** What differs between two states of a flow, in words. */
export function DifferenceList({ before, after }: DifferenceListProps) {
  const { t } = useTranslation();
  const { nodeLabel } = useWords();
  const difference = differenceOf(before, after);
  if (isSame(difference)) return <p className="text-ink-soft">{t("bots.versions.same")}</p>;
  const nodeOf = (id: string) => [...after.nodes, ...before.nodes].find((node) => node.id === id) as DraftNode;
  const { nodes, edges, commands, settings } = difference;
  return (
    <ul className="grid gap-3 text-sm">
      {nodes.map(({ id, kind, change, fields }) => (
        <li key={id} className="flex gap-2.5">
          <KindIcon kind={kind} small />
          <div className="min-w-0 flex-1">
            <p className="wrap-anywhere font-medium">
              {nodeLabel(nodeOf(id))}{" "}
              <span className="font-normal text-ink-soft">· {t(`bots.versions.${change}`)}</span>
            </p>
            {change === "changed" && <Changes of={kind} fields={formOfKind(kind)} changes={fields} />}
          </div>
        </li>
      ))}
      {edges.map((edge) => (
        <Way key={`${edge.from} ${edge.exit}`} edge={edge} nodeOf={nodeOf} />
      ))}
      {settings.length > 0 && (
        <li>
          <p className="font-medium">{t("bots.settings.title")}</p>
          <Changes of="flow" fields={formOfFlow()} changes={settings} />
        </li>
      )}
      {commands.length > 0 && (
        <li>
          <p className="font-medium">{t("bots.settings.commands")}</p>
          <Changes of="command" fields={formOfCommand()} changes={commands} />
        </li>
      )}
    </ul>
  );
}

type ChangesProps = { of: string; fields: readonly Field[]; changes: readonly FieldDifference[] };

/** Values that differ, by the names that their fields have. */
function Changes({ of, fields, changes }: ChangesProps) {
  const words = useDifferenceWords(of, fields);
  return words(changes).map(({ path, name, before, after }) => (
    <p key={path} className="wrap-anywhere text-ink-soft">
      {name}: {before !== "" && <del className="text-danger-text">{before}</del>}
      {before !== "" && after !== "" && " → "}
      {after !== "" && <ins className="text-jungle-text no-underline">{after}</ins>}
    </p>
  ));
}

/** Where an exit leads now, and where it led before. */
function Way({ edge, nodeOf }: { edge: EdgeDifference; nodeOf(id: string): DraftNode }) {
  const { t } = useTranslation();
  const { exitName, nodeLabel } = useWords();
  const from = nodeOf(edge.from);
  const place = (id: string | null) => (id === null ? t("bots.editor.nowhere") : nodeLabel(nodeOf(id)));
  return (
    <li className="wrap-anywhere text-ink-soft">
      <span className="text-ink">
        {nodeLabel(from)} · {exitName(from, edge.exit)}
      </span>{" "}
      {edge.before !== null && <del className="text-danger-text">{place(edge.before)}</del>} →{" "}
      <span className={edge.after === null ? "" : "text-jungle-text"}>{place(edge.after)}</span>
    </li>
  );
}
