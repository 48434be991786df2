import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { AreaFields } from "./area-fields";

type Area = {
  id: string;
  name: string;
  visibility: "open" | "members" | "private";
  replyMode: "claim" | "take_first" | "assignee_only";
  archived: boolean;
  members: number;
};

export function AreaRow({ area }: { area: Area }) {
  const { t } = useTranslation();
  const { name, visibility, replyMode, archived, members } = area;
  return (
    <li className="grid grid-cols-1 gap-2 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 truncate font-medium">{name}</p>
        {archived && <Badge>{t("admin.areas.archivedBadge")}</Badge>}
        <span className="text-ink-soft text-sm">{t("admin.areas.members", { count: members })}</span>
      </div>
      <p className="text-ink-soft text-sm">
        {t(`admin.visibility.${visibility}`)} · {t(`admin.replyMode.${replyMode}`)}
      </p>
      {!archived && (
        <Disclosure label={t("admin.areas.edit")} ariaLabel={t("admin.areas.editOf", { name })}>
          <EditArea area={area} />
        </Disclosure>
      )}
    </li>
  );
}

function EditArea({ area }: { area: Area }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-4 rounded-sm bg-sunken p-4">
      <Form method="post" className="grid max-w-md gap-4" preventScrollReset>
        <input type="hidden" name="areaId" value={area.id} />
        <AreaFields area={area} />
        <div>
          <Button type="submit" name="intent" value="update">
            {t("ui.save")}
          </Button>
        </div>
      </Form>
      <Disclosure label={t("admin.areas.archive")} danger>
        <Form method="post" className="grid gap-2" preventScrollReset>
          <p className="text-ink-soft text-sm">{t("admin.areas.archiveSure")}</p>
          <input type="hidden" name="areaId" value={area.id} />
          <div>
            <Button type="submit" size="sm" variant="danger" name="intent" value="archive">
              {t("admin.areas.archiveConfirm")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </div>
  );
}
