import { MessageSquareText } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { KeptEntry } from "~/platform/kept/kept-rules";
import { listKept } from "~/platform/kept/kept-store";
import { When } from "../time";

const SHOWN = 30;

/** What can be read without a network, as links; says so when there is nothing. */
export default function KeptList() {
  const { t } = useTranslation();
  const [entries, setEntries] = useState<KeptEntry[] | null>(null);
  useEffect(() => {
    void listKept().then((all) => setEntries(all.filter(({ title, href }) => title && href).slice(0, SHOWN)));
  }, []);
  if (entries === null) return null;
  if (entries.length === 0) return <p className="text-center text-ink-soft">{t("offline.nothingKept")}</p>;
  return (
    <nav aria-label={t("offline.readable")} className="mx-auto w-full max-w-96">
      <h2 className="px-3 pb-1 font-semibold text-sm">{t("offline.readable")}</h2>
      <ul>
        {entries.map(({ key, title, href, at }) => (
          <li key={key}>
            <a href={href} className="flex min-h-11 items-center gap-2 rounded-sm px-3 py-2 hover:bg-hover">
              <MessageSquareText aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <bdi className="min-w-0 flex-1 truncate">{title}</bdi>
              <span className="shrink-0 text-ink-soft text-sm">
                <When at={at} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
