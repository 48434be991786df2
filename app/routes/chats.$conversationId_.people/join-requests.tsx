import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { JoinRequest } from "~/modules/chats/index.server";
import { Avatar } from "~/ui/avatar";
import { CountBadge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { When } from "~/ui/time";

/** Who asks to come in; nothing while nobody does. */
export function JoinRequests({ requests, count }: { requests: readonly JoinRequest[]; count: number }) {
  const { t } = useTranslation();
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="asking" className="rounded-md border border-line bg-accent-soft px-4 py-3">
      <h2 id="asking" className="flex items-center gap-2 font-semibold">
        {t("groups.requests.title")}
        <CountBadge count={count} />
      </h2>
      <ul className="divide-y divide-line">
        {requests.map((request) => (
          <Asking key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}

function Asking({ request: { id, name, handle, askedAt } }: { request: JoinRequest }) {
  const { t } = useTranslation();
  return (
    <li className="flex flex-wrap items-center gap-3 py-2">
      <Avatar id={id} name={name} />
      <span className="min-w-32 flex-1">
        <bdi className="block truncate font-medium">{name}</bdi>
        <span className="block truncate text-ink-soft text-sm">
          {handle && `@${handle} · `}
          <When at={askedAt} />
        </span>
      </span>
      <Form method="post" className="flex gap-2">
        <input type="hidden" name="person" value={id} />
        <Button
          type="submit"
          name="intent"
          value="accept"
          variant="primary"
          aria-label={t("groups.requests.acceptThis", { name })}
        >
          {t("groups.requests.accept")}
        </Button>
        <Button type="submit" name="intent" value="decline" aria-label={t("groups.requests.declineThis", { name })}>
          {t("groups.requests.decline")}
        </Button>
      </Form>
    </li>
  );
}
