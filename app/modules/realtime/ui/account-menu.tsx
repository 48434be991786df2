import { useFetcher, useLocation, useSubmit } from "@remix-run/react";
import {
  Bell,
  BellOff,
  Building2,
  CircleUserRound,
  CornerUpLeft,
  Languages,
  LogOut,
  Moon,
  SunMoon,
  UserCheck,
} from "lucide-react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import type { Profile } from "~/modules/accounts/index.server";
import { Avatar } from "~/ui/avatar";
import { Button, buttonClass } from "~/ui/button";
import { Menu, MenuDivider, MenuItem, MenuSection } from "~/ui/overlay/menu";
import { PreferencesForm } from "~/ui/preferences-form";
import { PREFERENCES_ACTION, themes } from "~/ui/theme";
import { setSilent, useSilent } from "./notices/sound-setting";

export type AccountMenuProps = {
  profile: Profile;
  /** The organisation that the person works in now. */
  orgId: string | null;
  language: string;
  theme: string;
};

function useAccountActions(orgId: string | null) {
  const fetcher = useFetcher();
  const submit = useSubmit();
  const { pathname, search } = useLocation();
  const redirectTo = pathname + search;
  const post = (action: string, fields: Record<string, string>) => fetcher.submit(fields, { method: "post", action });
  return {
    setAvailability: (availability: string, tickets = "keep") =>
      post("/me", { intent: "availability", orgId: orgId ?? "", availability, tickets }),
    prefer: (fields: Record<string, string>) => post(PREFERENCES_ACTION, { ...fields, redirectTo }),
    workIn: (id: string) => submit({ intent: "organisation", orgId: id }, { method: "post", action: "/me" }),
    signOut: () => submit(null, { method: "post", action: "/logout" }),
  };
}

/** Everything about the person who is signed in, behind their picture at the foot of the rail. */
export function AccountMenu({ profile, orgId, language, theme }: AccountMenuProps) {
  const { t } = useTranslation();
  const act = useAccountActions(orgId);
  const here = profile.organisations.find((one) => one.orgId === orgId);
  const away = here?.availability === "away";
  const silent = useSilent();
  const onAction = (id: string) => {
    const [kind, value = "", tickets] = id.split(":");
    if (kind === "availability") act.setAvailability(value, tickets);
    if (kind === "sound") setSilent(!silent);
    if (kind === "lang") act.prefer({ language: value });
    if (kind === "theme") act.prefer({ theme: value });
    if (kind === "org") act.workIn(value);
    if (kind === "out") act.signOut();
  };
  return (
    <Menu
      placement="right bottom"
      label={t("ui.account")}
      onAction={onAction}
      trigger={
        <button
          type="button"
          aria-label={accountLabel(
            t("ui.account"),
            profile.name,
            here && t(`settings.availability.${here.availability}`),
          )}
          className="touch-target relative inline-flex items-center justify-center rounded-full"
        >
          <Avatar id={profile.accountId} name={profile.name} image={profile.image} />
          {here && <AvailabilityDot away={away} />}
        </button>
      }
    >
      <MenuSection title={profile.name}>
        {here && (
          <MenuItem
            id={away ? "availability:available" : "availability:away"}
            icon={away ? <UserCheck aria-hidden /> : <Moon aria-hidden />}
          >
            {t(away ? "settings.menu.comeBack" : "settings.menu.goAway")}
          </MenuItem>
        )}
        {here && !away && (
          <MenuItem id="availability:away:return" icon={<CornerUpLeft aria-hidden />}>
            {t("settings.menu.goAwayReturning")}
          </MenuItem>
        )}
        <MenuItem id="sound" icon={silent ? <Bell aria-hidden /> : <BellOff aria-hidden />}>
          {t(silent ? "settings.menu.sound" : "settings.menu.silence")}
        </MenuItem>
        <MenuItem id="settings" href="/settings" icon={<CircleUserRound aria-hidden />}>
          {t("settings.menu.settings")}
        </MenuItem>
      </MenuSection>
      {profile.organisations.length > 1 && (
        <MenuSection title={t("settings.menu.organisations")}>
          {profile.organisations.map((one) => (
            <MenuItem
              key={one.orgId}
              id={`org:${one.orgId}`}
              icon={<Building2 aria-hidden />}
              end={one.orgId === orgId ? t("settings.organisations.active") : undefined}
              textValue={one.name}
            >
              <bdi>{one.name}</bdi>
            </MenuItem>
          ))}
        </MenuSection>
      )}
      <MenuSection title={t("ui.preferences.language")}>
        {languages.map((tag) => (
          <MenuItem
            key={tag}
            id={`lang:${tag}`}
            icon={<Languages aria-hidden />}
            end={tag === language ? "✓" : undefined}
          >
            {languageNames[tag]}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection title={t("ui.preferences.theme")}>
        {themes.map((kind) => (
          <MenuItem
            key={kind}
            id={`theme:${kind}`}
            icon={<SunMoon aria-hidden />}
            end={kind === theme ? "✓" : undefined}
          >
            {t(`ui.preferences.${kind}`)}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuDivider />
      <MenuItem id="out" icon={<LogOut aria-hidden />}>
        {t("settings.signOut")}
      </MenuItem>
    </Menu>
  );
}

const accountLabel = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(", ");

function AvailabilityDot({ away }: { away: boolean }) {
  return (
    <span
      aria-hidden
      className={`absolute right-0 bottom-0 size-3 rounded-full border-2 border-surface ${away ? "bg-amber" : "bg-jungle"}`}
    />
  );
}

/** The same on a phone, as plain content behind "more". */
export function AccountPanel({ profile, orgId, language, theme }: AccountMenuProps) {
  const { t } = useTranslation();
  const act = useAccountActions(orgId);
  const here = profile.organisations.find((one) => one.orgId === orgId);
  const silent = useSilent();
  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3">
        <Avatar id={profile.accountId} name={profile.name} image={profile.image} size="lg" />
        <p className="min-w-0 flex-1">
          <bdi className="block truncate font-semibold">{profile.name}</bdi>
          {here && <span className="text-ink-soft text-sm">{t(`settings.availability.${here.availability}`)}</span>}
        </p>
        {here && (
          <Button size="sm" onClick={() => act.setAvailability(here.availability === "away" ? "available" : "away")}>
            {t(here.availability === "away" ? "settings.menu.comeBack" : "settings.menu.goAway")}
          </Button>
        )}
      </div>
      {here?.availability === "available" && (
        <Button
          icon={<CornerUpLeft aria-hidden className="size-4" />}
          onClick={() => act.setAvailability("away", "return")}
        >
          {t("settings.menu.goAwayReturning")}
        </Button>
      )}
      <Button onClick={() => setSilent(!silent)}>{t(silent ? "settings.menu.sound" : "settings.menu.silence")}</Button>
      <a href="/settings" className={buttonClass("quiet")}>
        {t("settings.menu.settings")}
      </a>
      {profile.organisations.length > 1 &&
        profile.organisations.map((one) => (
          <Button key={one.orgId} disabled={one.orgId === orgId} onClick={() => act.workIn(one.orgId)}>
            {one.name}
          </Button>
        ))}
      <PreferencesForm language={language} theme={theme} />
      <Button icon={<LogOut aria-hidden className="size-4" />} onClick={act.signOut}>
        {t("settings.signOut")}
      </Button>
    </div>
  );
}
