import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Badge } from "~/ui/badge";
import { MoveButtons } from "~/ui/forms/move-buttons";

type Area = {
  id: string;
  name: string;
  visibility: "open" | "members" | "private";
  replyMode: "claim" | "take_first" | "assignee_only";
  assignment: "manual" | "round_robin" | "least_loaded";
  archived: boolean;
  members: number;
};

type AreaRowProps = { area: Area; first: boolean; last: boolean };

export function AreaRow({ area, first, last }: AreaRowProps) {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  const { id, name, visibility, replyMode, assignment, archived, members } = area;
  return (
    <li className="flex flex-wrap items-center gap-2 border-line border-b py-3 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {archived ? (
            <span className="min-w-0 truncate font-medium">{name}</span>
          ) : (
            <Link
              to={`/admin/areas/${id}`}
              className="touch-target min-w-0 truncate font-medium text-accent-text underline underline-offset-2"
            >
              {name}
            </Link>
          )}
          {archived && <Badge>{t("admin.areas.archivedBadge")}</Badge>}
          <span className="text-ink-soft text-sm">{t("admin.areas.members", { count: members })}</span>
        </p>
        <p className="text-ink-soft text-sm">
          {t(`admin.visibility.${visibility}`)} · {t(`admin.replyMode.${replyMode}`)} ·{" "}
          {t(`admin.assignment.${assignment}`)}
        </p>
      </div>
      {!archived && (
        <Form method="post" className="flex shrink-0" preventScrollReset>
          <input type="hidden" name="areaId" value={id} />
          <MoveButtons
            first={first}
            last={last}
            up={t("admin.areas.up", { name })}
            down={t("admin.areas.down", { name })}
          />
        </Form>
      )}
      <div className="basis-full empty:hidden">
        <ProblemNote problem={problemOf("up", { areaId: id }) ?? problemOf("down", { areaId: id })} />
      </div>
    </li>
  );
}
