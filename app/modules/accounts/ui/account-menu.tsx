import { Form, Link, useSubmit } from "@remix-run/react";
import { Building2, Check, LogOut, Moon, Settings, Sun } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/ui/avatar";
import { Button, buttonClass } from "~/ui/button";
import { Menu, MenuDivider, MenuItem, MenuSection } from "~/ui/overlay/menu";
import type { FrameData } from "./app-frame";

/** The form that signs out. The document is loaded anew, so that nothing of the account stays in the page's memory. */
function SignOutForm({ formRef }: { formRef: React.RefObject<HTMLFormElement> }) {
  return <Form ref={formRef} method="post" action="/logout" reloadDocument hidden />;
}

/** The avatar at the foot of the rail: availability, organisations, settings, signing out. */
export function AccountMenu({ frame }: { frame: FrameData }) {
  const { t } = useTranslation();
  const submit = useSubmit();
  const signOut = useRef<HTMLFormElement>(null);
  const { active, organisations } = frame;
  const send = (fields: Record<string, string>) => submit(fields, { method: "post", action: "/settings" });
  const isAway = active?.availability === "away";
  const setAvailability = (orgId: string) =>
    send({ intent: "availability", orgId, availability: isAway ? "available" : "away" });
  return (
    <>
      <SignOutForm formRef={signOut} />
      <noscript>
        <Link to="/settings" className="block px-2 py-1 text-sm">
          {t("ui.account")}
        </Link>
      </noscript>
      <Menu
        label={t("ui.account")}
        placement="right bottom"
        trigger={
          <button type="button" aria-label={t("ui.account")} className="relative rounded-full">
            <Avatar id={frame.accountId} name={frame.name} image={frame.image} size="lg" />
            {active && <AvailabilityDot away={isAway} />}
          </button>
        }
      >
        {active && (
          <MenuItem
            icon={isAway ? <Sun aria-hidden /> : <Moon aria-hidden />}
            onAction={() => setAvailability(active.orgId)}
          >
            {t(isAway ? "settings.menu.comeBack" : "settings.menu.goAway")}
          </MenuItem>
        )}
        {organisations.length > 1 && (
          <MenuSection title={t("settings.menu.organisations")}>
            {organisations.map(({ orgId, name }) => (
              <MenuItem
                key={orgId}
                icon={orgId === active?.orgId ? <Check aria-hidden /> : <Building2 aria-hidden />}
                onAction={() => send({ intent: "switch", orgId })}
              >
                {name}
              </MenuItem>
            ))}
          </MenuSection>
        )}
        <MenuItem icon={<Settings aria-hidden />} href="/settings">
          {t("settings.menu.settings")}
        </MenuItem>
        <MenuDivider />
        <MenuItem icon={<LogOut aria-hidden />} onAction={() => signOut.current?.requestSubmit()}>
          {t("settings.signOut")}
        </MenuItem>
      </Menu>
    </>
  );
}

function AvailabilityDot({ away }: { away: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={`absolute right-0 bottom-0 size-3 rounded-full border-2 border-surface ${away ? "bg-amber" : "bg-jungle"}`}
    >
      <span className="sr-only">{t(away ? "settings.availability.away" : "settings.availability.available")}</span>
    </span>
  );
}

/** The same on a phone, in the sheet behind "more". */
export function AccountPanel({ frame }: { frame: FrameData }) {
  const { t } = useTranslation();
  return (
    <div className="grid gap-3">
      <p className="flex items-center gap-3">
        <Avatar id={frame.accountId} name={frame.name} image={frame.image} />
        <span className="min-w-0 truncate font-medium">{frame.name}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Link to="/settings" className={buttonClass("quiet")}>
          {t("settings.menu.settings")}
        </Link>
        <Form method="post" action="/logout" reloadDocument>
          <Button type="submit" variant="plain" icon={<LogOut aria-hidden className="size-4" />}>
            {t("settings.signOut")}
          </Button>
        </Form>
      </div>
    </div>
  );
}
