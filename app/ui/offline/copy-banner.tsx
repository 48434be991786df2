import { useRevalidator } from "@remix-run/react";
import { History } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { formatWhen } from "../format/format-dates";
import { Banner } from "../state/banner";
import { useRecovery } from "../state/use-recovery";
import { useDateReader, useNow } from "../time";
import { useShownSince } from "./staleness";

/** Says since when what is shown is, where it is a copy, and asks for the thing itself until it comes. */
export default function CopyBanner({ reconnecting }: { reconnecting: boolean }) {
  const since = useShownSince();
  return since === null ? null : <Since since={since} reconnecting={reconnecting} />;
}

function Since({ since, reconnecting }: { since: number; reconnecting: boolean }) {
  const { t } = useTranslation();
  const when = formatWhen(since, useNow(), useDateReader());
  const { revalidate } = useRevalidator();
  useRecovery("offline", revalidate);
  const latest = useRef(revalidate);
  latest.current = revalidate;
  useEffect(() => {
    if (!reconnecting) latest.current();
  }, [reconnecting]);
  return (
    <Banner tone="warning" icon={<History aria-hidden />}>
      {t("offline.copy", { when })}
    </Banner>
  );
}
