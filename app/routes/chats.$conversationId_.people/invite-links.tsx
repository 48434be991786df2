import { Form } from "@remix-run/react";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { GroupInvite, MadeInvite } from "~/modules/chats/index.server";
import { CopyField } from "~/modules/chats/ui/copy-field";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { Select } from "~/ui/forms/select";
import { Time } from "~/ui/time";

type InviteLinksProps = {
  invites: readonly GroupInvite[];
  /** The link that was just made. */
  made?: MadeInvite;
};

/** The links by which people come in: to make one, to copy it once, to take it back. */
export function InviteLinks({ invites, made }: InviteLinksProps) {
  const { t } = useTranslation();
  const told = useTold(made);
  const shown = invites.some(({ id }) => id === told?.id) ? told : undefined;
  return (
    <section aria-labelledby="links" className="grid gap-4">
      <div>
        <h2 id="links" className="font-semibold">
          {t("groups.links.title")}
        </h2>
        <p className="mt-1 text-pretty text-ink-soft">{t("groups.links.lead")}</p>
      </div>
      {shown && (
        <div className="rounded-md border border-line bg-jungle-soft px-4 py-3">
          <CopyField key={shown.id} label={t("groups.links.link")} value={shown.link} hint={t("groups.links.made")} />
        </div>
      )}
      {invites.length === 0 ? (
        <p className="text-ink-soft">{t("groups.links.none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {invites.map((invite) => (
            <OpenLink key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      <NewLink key={told?.id} />
    </section>
  );
}

/** The newest link that was told: news of the group load the page anew, and with that the answer that told it is gone. */
function useTold(made: MadeInvite | undefined): MadeInvite | undefined {
  const [told, setTold] = useState(made);
  if (made && made.id !== told?.id) setTold(made);
  return made ?? told;
}

function OpenLink({ invite: { id, madeBy, asks, expiresAt } }: { invite: GroupInvite }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-3 py-2">
      <Link2 aria-hidden className="size-5 shrink-0 text-ink-soft" />
      <span className="min-w-40 flex-1">
        <span className="flex flex-wrap items-center gap-2">
          {t("groups.links.by", { name: madeBy })}
          {asks && <Badge tone="amber">{t("groups.links.asksMark")}</Badge>}
        </span>
        <span className="block text-ink-soft text-sm">
          {expiresAt ? (
            <>
              {t("groups.links.until")} <Time at={expiresAt} style="full" />
            </>
          ) : (
            t("groups.links.forever")
          )}
        </span>
      </span>
      <Form method="post">
        <input type="hidden" name="link" value={id} />
        <Button type="submit" name="intent" value="revoke" aria-label={t("groups.links.revokeThis", { name: madeBy })}>
          {t("groups.links.revoke")}
        </Button>
      </Form>
    </li>
  );
}

function NewLink() {
  const { t } = useTranslation();
  return (
    <Form method="post" className="grid max-w-md gap-3">
      <input type="hidden" name="intent" value="invite" />
      <Select name="days" label={t("groups.links.lasts")} defaultValue="7">
        <option value="1">{t("groups.links.day")}</option>
        <option value="7">{t("groups.links.week")}</option>
        <option value="30">{t("groups.links.month")}</option>
        <option value="">{t("groups.links.always")}</option>
      </Select>
      <Checkbox name="asks" value="1" label={t("groups.links.asks")} />
      <div>
        <Button type="submit">{t("groups.links.make")}</Button>
      </div>
    </Form>
  );
}
