import { useTranslation } from "~/i18n/translation";
import { Badge } from "~/ui/badge";
import { Time } from "~/ui/time";

type Entry = {
  actorKind: "member" | "token" | "system";
  actorName: string;
  action: string;
  subjectName: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  createdAt: string | Date;
};

/** What an action of the log is called; one that has no name yet keeps its word. */
export function useActionName(): (action: string) => string {
  const { t, i18n } = useTranslation();
  return (action) => {
    const key = action.replace(".", "_");
    return i18n.exists(`admin.audit.actions.${key}`) ? t(`admin.audit.actions.${key}`) : action;
  };
}

/** What a field is called; one that has no name keeps its word. */
function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation();
  return (field) => (i18n.exists(`admin.audit.fields.${field}`) ? t(`admin.audit.fields.${field}`) : field);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Ids tell people nothing: they are in the file and in the API. */
const isTold = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 || value.some(isTold) : !(typeof value === "string" && UUID.test(value));

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(", ") || "–";
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** One line of the log: who did what to what, when, and what it was before. */
export function AuditRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const nameOf = useActionName();
  const { actorKind, actorName, action, subjectName, before, after, createdAt } = entry;
  const fieldOf = useFieldName();
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const fields = names.filter((name) => isTold(before?.[name]) && isTold(after?.[name]));
  return (
    <li className="grid gap-0.5 border-line border-b py-2.5 last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <bdi className="font-medium">{actorName || t("admin.audit.system")}</bdi>
        {actorKind === "token" && <Badge>{t("admin.audit.token")}</Badge>}
        <span>{nameOf(action)}</span>
        {subjectName && <bdi className="wrap-anywhere">{subjectName}</bdi>}
        <span className="ms-auto text-ink-faint text-sm">
          <Time at={createdAt} style="full" />
        </span>
      </p>
      {fields.length > 0 && (
        <dl className="grid gap-0.5 text-ink-soft text-sm">
          {fields.map((name) => (
            <div key={name} className="flex flex-wrap gap-x-2">
              <dt className="text-ink-faint">{fieldOf(name)}</dt>
              <dd className="wrap-anywhere min-w-0">
                {before && name in before && <del className="text-ink-faint">{shown(before[name])}</del>}
                {before && name in before && after && name in after && " → "}
                {after && name in after && shown(after[name])}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
