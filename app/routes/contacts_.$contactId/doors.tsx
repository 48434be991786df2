import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { ContactPage } from "~/modules/tickets/index.server";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { buttonClass } from "~/ui/button";

/** The ways by which a contact writes, each with the conversation that answers there. */
export function Doors({ doors }: { doors: ContactPage["doors"] }) {
  const { t } = useTranslation();
  return (
    <>
      {doors.length === 0 && <p className="text-ink-soft text-sm">{t("contacts.noChannels")}</p>}
      <ul>
        {doors.map(({ id, channel, address, ticket_id }) => (
          <li key={id} className="flex min-h-11 items-center gap-2">
            <ChannelIcon kind={channel.kind} />
            <span className="min-w-0 flex-1 truncate">
              {channel.name} {address && <span className="text-ink-soft">{address}</span>}
            </span>
            {ticket_id && !channel.disabled && (
              <Link to={`/inbox/${ticket_id}`} className={buttonClass("quiet", "sm")}>
                {t("contacts.write")}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
