import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { When } from "~/ui/time";

type Device = {
  id: string;
  browser: string | null;
  system: string | null;
  address: string | null;
  lastSeenAt: string;
  current: boolean;
};

/** Where the account is signed in, with the way to end each. */
export function Devices({ sessions, problem, done }: { sessions: Device[]; problem?: FormProblem; done: boolean }) {
  const { t } = useTranslation();
  const gone = problem?.code === "not_found" ? problem : undefined;
  return (
    <Section id="devices" title={t("settings.devices.title")} lead={t("settings.devices.lead")}>
      {done && <DoneNote>{t("settings.devices.closed")}</DoneNote>}
      <ProblemNote problem={gone} />
      <ul className="grid max-w-[40rem] grid-cols-1">
        {sessions.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form method="post" preventScrollReset>
          <Button type="submit" name="intent" value="revoke-others">
            {t("settings.devices.closeOthers")}
          </Button>
        </Form>
      )}
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { t } = useTranslation();
  const { browser, system, address } = device;
  const both = browser && system ? t("settings.devices.name", { browser, system }) : null;
  const name = both ?? browser ?? system ?? t("settings.devices.unknown");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b py-3 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {device.current && <Badge tone="jungle">{t("settings.devices.current")}</Badge>}
        </p>
        <p className="text-ink-soft text-sm">
          {address && <span className="mr-3">{address}</span>}
          {t("settings.devices.lastSeen")} <When at={device.lastSeenAt} />
        </p>
      </div>
      {!device.current && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="sessionId" value={device.id} />
          <Button
            type="submit"
            size="sm"
            name="intent"
            value="revoke"
            aria-label={t("settings.devices.closeOf", { device: name })}
          >
            {t("settings.devices.close")}
          </Button>
        </Form>
      )}
    </li>
  );
}
