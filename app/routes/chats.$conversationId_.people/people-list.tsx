import { Form, Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { ChatDetails, PeoplePage } from "~/modules/chats/index.server";
import { Button, buttonClass } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { PersonRow } from "./person-row";

/** A group of so many shows them all at once, and needs no search. */
const FEW = 20;

type PeopleListProps = {
  chat: Pick<ChatDetails, "can" | "peopleCount">;
  page: PeoplePage;
  asked: { q: string; cursor?: string };
  accountId: string;
};

/** Who takes part, a page at a time: the owner and the admins first. */
export function PeopleList({ chat, page, asked, accountId }: PeopleListProps) {
  const { t } = useTranslation();
  const onwards = new URLSearchParams({ ...(asked.q && { q: asked.q }), after: page.nextCursor ?? "" });
  return (
    <section aria-labelledby="people" className="grid gap-2">
      <h2 id="people" className="font-semibold">
        {t("chat.people")}
      </h2>
      {chat.peopleCount > FEW && (
        <Form method="get" className="max-w-md" key={asked.q}>
          <TextField
            name="q"
            type="search"
            label={t("groups.people.search")}
            defaultValue={asked.q}
            optional
            end={<Button type="submit">{t("groups.people.searchAction")}</Button>}
          />
        </Form>
      )}
      {page.people.length === 0 && <p className="text-ink-soft">{t("groups.people.nobody")}</p>}
      <ul className="divide-y divide-line">
        {page.people.map((person) => (
          <PersonRow key={person.id} person={person} own={person.id === accountId} handOver={chat.can.handOver} />
        ))}
      </ul>
      {(page.nextCursor || asked.cursor || asked.q) && (
        <div className="flex flex-wrap gap-2">
          {page.nextCursor && (
            <Link to={`?${onwards}`} className={buttonClass("quiet")}>
              {t("groups.people.next")}
            </Link>
          )}
          {(asked.cursor || asked.q) && (
            <Link to="." className={buttonClass("plain")}>
              {t("groups.people.first")}
            </Link>
          )}
        </div>
      )}
    </section>
  );
}
