import { useNavigate } from "@remix-run/react";
import { ListFilter, UserX } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { FILTER_PARTS, type InboxFilter, inboxFilterOf, inboxSearch, PRIORITIES, WAITING_ON } from "~/modules/tickets";
import { AgentPicker } from "~/modules/tickets/ui/agent-picker";
import { useChannelName } from "~/modules/tickets/ui/channel-icon";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { IconButton } from "~/ui/icon-button";
import { Dialog } from "~/ui/overlay/dialog";
import type { FilterChoices } from "./filter-choices";

type FilterDialogProps = { filter: InboxFilter; choices: FilterChoices };

/** Narrows the view by anything that a ticket says of itself. */
export function FilterDialog({ filter, choices }: FilterDialogProps) {
  const { t } = useTranslation();
  const some = FILTER_PARTS.some((part) => part !== "q" && filter[part]);
  return (
    <Dialog
      title={t("inbox.filter.title")}
      shape="sheet"
      size="sm"
      trigger={<IconButton label={t("inbox.filter.title")} icon={<ListFilter aria-hidden />} pressed={some} />}
    >
      {(close) => <FilterForm filter={filter} choices={choices} close={close} />}
    </Dialog>
  );
}

function FilterForm({ filter, choices, close }: FilterDialogProps & { close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const channelName = useChannelName();
  const [assignee, setAssignee] = useState(filter.assignee ?? "");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) if (value) params.set(name, String(value));
    if (assignee) params.set("assignee", assignee);
    const { view, q } = filter;
    navigate(`/inbox${inboxSearch({ ...inboxFilterOf(params), view, ...(q && { q }) })}`);
    close();
  };
  const all = <option value="">{t("inbox.filter.any")}</option>;
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Select name="area" label={t("inbox.area")} defaultValue={filter.areaId ?? ""}>
        {all}
        {choices.areas.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 font-medium text-sm">{t("ticket.facts.assignee")}</legend>
        <AgentPicker
          agents={choices.assignees}
          areas={[]}
          label={t("ticket.facts.assignee")}
          value={assignee}
          others={[{ id: "none", name: t("ticket.unassigned"), icon: <UserX aria-hidden /> }]}
          onPick={(id) => setAssignee(id === assignee ? "" : id)}
        />
      </fieldset>
      <Select name="channel" label={t("inbox.filter.channel")} defaultValue={filter.channelId ?? ""}>
        {all}
        {choices.channels.map(({ id, kind, name }) => (
          <option key={id} value={id}>
            {name || channelName(kind)}
          </option>
        ))}
      </Select>
      <TextField
        name="tag"
        label={t("inbox.filter.tag")}
        defaultValue={filter.tag}
        maxLength={60}
        list="inbox-filter-tags"
      />
      <datalist id="inbox-filter-tags">
        {choices.tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <Select name="priority" label={t("inbox.filter.priority")} defaultValue={filter.priority ?? ""}>
        {all}
        {PRIORITIES.map((one) => (
          <option key={one} value={one}>
            {t(`inbox.priority.${one}`)}
          </option>
        ))}
      </Select>
      <Select name="waiting_on" label={t("inbox.filter.waitingOn")} defaultValue={filter.waitingOn ?? ""}>
        {all}
        {WAITING_ON.map((one) => (
          <option key={one} value={one}>
            {t(`inbox.waitingOn.${one}`)}
          </option>
        ))}
      </Select>
      <div className="grid grid-cols-2 gap-2">
        <TextField type="date" name="from" label={t("inbox.filter.from")} defaultValue={filter.from} />
        <TextField type="date" name="to" label={t("inbox.filter.to")} defaultValue={filter.to} />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary">
          {t("ui.apply")}
        </Button>
      </div>
    </form>
  );
}
