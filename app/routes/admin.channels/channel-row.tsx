import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { ChannelKind } from "~/modules/channels";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { AreaBadge, Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { Time } from "~/ui/time";
import { type AccountField, AccountFields } from "./account-fields";

type Channel = {
  id: string;
  kind: ChannelKind;
  name: string;
  area_id: string;
  flow_id: string | null;
  account: string | null;
  reopen_hours: number;
  health: "ok" | "reconnect" | "blocked";
  health_reason: string | null;
  disabled_at: string | null;
  last_webhook_at: string | null;
  last_stored_at: string | null;
  last_sent_at: string | null;
  ignored: number;
};
type Named = { id: string; name: string };
type ChannelRowProps = {
  channel: Channel;
  areas: readonly Named[];
  flows: readonly Named[];
  fields: readonly AccountField[];
};

const TONES = { ok: "jungle", reconnect: "danger", blocked: "danger" } as const;

export function ChannelRow(props: ChannelRowProps) {
  const { t } = useTranslation();
  const { channel, areas } = props;
  const { kind, name, account, health, disabled_at } = channel;
  const area = areas.find(({ id }) => id === channel.area_id);
  return (
    <li className="grid grid-cols-1 gap-1.5 border-line border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ChannelIcon kind={kind} />
        <p className="min-w-0 flex-1 truncate font-medium">
          <bdi>{name}</bdi> {account && <span className="font-normal text-ink-faint">{account}</span>}
        </p>
        {area && <AreaBadge name={area.name} />}
        {disabled_at ? (
          <Badge>{t("admin.channels.off")}</Badge>
        ) : (
          <Badge tone={TONES[health]}>{t(`admin.channels.health.${health}`)}</Badge>
        )}
      </div>
      {channel.health_reason && <p className="wrap-anywhere text-danger-text text-sm">{channel.health_reason}</p>}
      <Health channel={channel} />
      {disabled_at ? <Enable channel={channel} /> : <EditChannel {...props} />}
    </li>
  );
}

function Health({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { last_webhook_at, last_stored_at, last_sent_at, ignored } = channel;
  const times = [
    ["webhook", last_webhook_at],
    ["stored", last_stored_at],
    ["sent", last_sent_at],
  ] as const;
  const known = times.flatMap(([what, at]) => (at ? [{ what, at }] : []));
  if (known.length === 0 && ignored === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 text-ink-soft text-sm">
      {known.map(({ what, at }) => (
        <span key={what}>
          {t(`admin.channels.last.${what}`)} <Time at={at} style="full" />
        </span>
      ))}
      {ignored > 0 && <span>{t("admin.channels.ignored", { count: ignored })}</span>}
    </p>
  );
}

function Enable({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { channelId: channel.id };
  return (
    <Form method="post" className="grid gap-2" preventScrollReset>
      <ProblemNote problem={problemOf("enable", row)} />
      <input type="hidden" name="channelId" value={channel.id} />
      <div>
        <Button type="submit" size="sm" name="intent" value="enable" busy={isBusy("enable", row)}>
          {t("admin.channels.enable")}
        </Button>
      </div>
    </Form>
  );
}

function EditChannel({ channel, areas, flows, fields }: ChannelRowProps) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const { id, name } = channel;
  const row = { channelId: id };
  const problem = problemOf("update", row);
  const values = valuesOf("update", row);
  const errorOf = useFieldProblem(problem);
  return (
    <Disclosure
      label={t("admin.areas.edit")}
      ariaLabel={t("admin.areas.editOf", { name })}
      open={problem !== undefined || problemOf("disable", row) !== undefined}
    >
      <div className="grid gap-4 rounded-sm bg-sunken p-4">
        <ProblemNote problem={problem} fields={["name", "reopenHours"]} />
        <Form method="post" className="grid max-w-md gap-4" preventScrollReset>
          <input type="hidden" name="channelId" value={id} />
          <TextField
            label={t("admin.channels.name")}
            name="name"
            autoComplete="off"
            maxLength={80}
            defaultValue={values?.name ?? name}
            error={errorOf("name")}
          />
          <Select label={t("admin.channels.area")} name="areaId" defaultValue={values?.areaId ?? channel.area_id}>
            {areas.map((area) => (
              <option key={area.id} value={area.id}>
                {area.name}
              </option>
            ))}
          </Select>
          <Select label={t("admin.channels.flow")} name="flowId" defaultValue={values?.flowId ?? channel.flow_id ?? ""}>
            <option value="">{t("admin.channels.people")}</option>
            {flows.map((flow) => (
              <option key={flow.id} value={flow.id}>
                {flow.name}
              </option>
            ))}
          </Select>
          <TextField
            label={t("admin.channels.reopen")}
            hint={t("admin.channels.reopenHint")}
            name="reopenHours"
            type="number"
            inputMode="numeric"
            min={0}
            max={168}
            defaultValue={values?.reopenHours ?? channel.reopen_hours}
            error={errorOf("reopenHours")}
          />
          <AccountFields fields={fields} again />
          <div>
            <Button type="submit" name="intent" value="update" busy={isBusy("update", row)}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
        <Disclosure label={t("admin.channels.disable")} danger open={problemOf("disable", row) !== undefined}>
          <ProblemNote problem={problemOf("disable", row)} />
          <Form method="post" className="grid gap-2" preventScrollReset>
            <p className="text-ink-soft text-sm">{t("admin.channels.disableSure")}</p>
            <input type="hidden" name="channelId" value={id} />
            <div>
              <Button
                type="submit"
                size="sm"
                variant="danger"
                name="intent"
                value="disable"
                busy={isBusy("disable", row)}
              >
                {t("admin.channels.disableConfirm")}
              </Button>
            </div>
          </Form>
        </Disclosure>
      </div>
    </Disclosure>
  );
}
