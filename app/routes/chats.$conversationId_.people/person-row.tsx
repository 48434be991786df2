import { useSubmit } from "@remix-run/react";
import { EllipsisVertical } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { ChatPerson } from "~/modules/chats/index.server";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { IconButton } from "~/ui/icon-button";
import { Menu, MenuItem } from "~/ui/overlay/menu";

type PersonRowProps = { person: ChatPerson; own: boolean; handOver: boolean };

export function PersonRow({ person, own, handOver }: PersonRowProps) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const { id, name, role, can } = person;
  const act = (intent: string) => submit({ intent, person: id }, { method: "post" });
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Avatar id={id} name={name} />
      <bdi className="min-w-0 flex-1 truncate">{own ? t("chat.you", { name }) : name}</bdi>
      {role !== "member" && <Badge>{t(`chat.roles.${role}`)}</Badge>}
      {(can.remove || can.promote) && (
        <Menu trigger={<IconButton label={name} icon={<EllipsisVertical />} />} onAction={act}>
          {can.promote && role === "member" && <MenuItem id="admin">{t("chat.makeAdmin", { name })}</MenuItem>}
          {can.promote && role === "admin" && <MenuItem id="member">{t("chat.makeMember", { name })}</MenuItem>}
          {handOver && <MenuItem id="owner">{t("chat.handOver", { name })}</MenuItem>}
          {can.remove && <MenuItem id="remove">{t("chat.remove", { name })}</MenuItem>}
        </Menu>
      )}
    </li>
  );
}
