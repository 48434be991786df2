import { ListChecks, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { EmptyState } from "~/ui/state/empty-state";
import { useReload } from "~/ui/state/use-reload";
import type { Macro, MacroDesk, MacroScope } from "../../macros/macro";
import { useTell } from "../use-tell";
import { MacroDialog } from "./macro-dialog";
import { StepList } from "./step-words";

type MacroListsProps = {
  orgId: string;
  desk: MacroDesk;
  /** Whose are listed, in order. */
  scopes: readonly MacroScope[];
  /** Whose one can make here. */
  makes: readonly MacroScope[];
};

/** Macros by whose they are, with what each does, and what makes and changes them. */
export function MacroLists({ orgId, desk, scopes, makes }: MacroListsProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<Macro | MacroScope | null>(null);
  const reload = useReload();
  const { say, offer } = useTell("/inbox/macros", orgId, reload);
  const remove = async ({ id, name, scope, steps }: Macro) => {
    if (await say({ intent: "delete", macro: id }))
      offer(t("macros.deleted", { name }), { intent: "create", scope, name, steps });
  };
  return (
    <>
      {scopes.map((scope) => {
        const macros = desk.macros.filter((one) => one.scope === scope);
        const create = makes.includes(scope) && (
          <Button size="sm" icon={<Plus aria-hidden className="size-4" />} onClick={() => setEditing(scope)}>
            {t("macros.create")}
          </Button>
        );
        return (
          <section key={scope} aria-labelledby={`macros-${scope}`} className="pt-6">
            <div className="flex items-center justify-between gap-2 pb-1">
              <h2 id={`macros-${scope}`} className="font-semibold text-ink-soft text-sm">
                {t(scope === "member" ? "replies.mine" : "replies.organisation")}
              </h2>
              {macros.length > 0 && create}
            </div>
            {macros.length === 0 && (
              <EmptyState
                icon={<ListChecks />}
                title={t("macros.empty")}
                text={t("macros.emptyHint")}
                action={create}
              />
            )}
            <ul>
              {macros.map((macro) => (
                <li key={macro.id} className="grid gap-2 border-line border-b py-3 last:border-b-0">
                  <div className="flex items-center gap-2">
                    <h3 className="min-w-0 flex-1">
                      <bdi className="wrap-anywhere font-medium">{macro.name}</bdi>{" "}
                      {macro.used > 0 && (
                        <span className="text-ink-soft text-sm">{t("macros.used", { count: macro.used })}</span>
                      )}
                    </h3>
                    {macro.mayEdit && (
                      <span className="flex shrink-0">
                        <IconButton
                          label={t("macros.editOf", { name: macro.name })}
                          icon={<Pencil aria-hidden />}
                          onClick={() => setEditing(macro)}
                        />
                        <IconButton
                          label={t("macros.deleteOf", { name: macro.name })}
                          icon={<Trash2 aria-hidden />}
                          onClick={() => void remove(macro)}
                        />
                      </span>
                    )}
                  </div>
                  <StepList steps={macro.steps} areas={desk.areas} members={desk.members} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <MacroDialog orgId={orgId} desk={desk} editing={editing} onClose={() => setEditing(null)} onSaved={reload} />
    </>
  );
}
