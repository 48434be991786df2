import { ArrowRightLeft } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { Avatar } from "~/ui/avatar";
import { AreaBadge, StateBadge } from "~/ui/badge";
import { Bubble } from "~/ui/conversation/bubble";
import { ChoiceButtons } from "~/ui/conversation/choice-buttons";
import { EventLine } from "~/ui/conversation/event-line";
import type { MessageView } from "~/ui/conversation/message-view";

const at = (minute: string) => `2026-03-10T13:${minute}:00Z`;

type Author = MessageView["author"];

/** One conversation from the bot's greeting to the person's answer, drawn with the real pieces. */
export function SampleConversation() {
  const { t } = useTranslation();
  const rosa: Author = { kind: "contact", id: "rosa", name: t("landing.sample.contact") };
  const bot: Author = { kind: "bot", id: "bot", name: t("landing.sample.bot") };
  const agent: Author = { kind: "member", id: "martin", name: t("landing.sample.agent") };
  const say = (author: Author, minute: string, text: string): MessageView => ({
    id: minute,
    author,
    kind: "text",
    text,
    visibility: "public",
    created_at: at(minute),
    delivery: author === rosa ? null : "read",
  });
  const choices = [
    { id: "order", label: t("landing.sample.choiceOrder") },
    { id: "hours", label: t("landing.sample.choiceHours") },
    { id: "person", label: t("landing.sample.choicePerson") },
  ];
  return (
    <section
      aria-label={t("landing.sample.label")}
      className="overflow-hidden rounded-md border border-line bg-surface pb-4 shadow-float"
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4 py-2.5">
        <Avatar id="rosa" name={rosa.name} />
        <p className="min-w-0 flex-1 truncate font-semibold">{rosa.name}</p>
        <AreaBadge name={t("landing.sample.area")} />
        <StateBadge state="open" />
      </div>
      <Bubble
        own={false}
        side="end"
        message={say(bot, "02", t("landing.sample.greeting"))}
        choices={<ChoiceButtons choices={choices} picked="order" />}
      />
      <Bubble own={false} pictures named={false} message={say(rosa, "03", t("landing.sample.question"))} />
      <EventLine at={at("03")} icon={<ArrowRightLeft aria-hidden />}>
        {t("landing.sample.handoff")}
      </EventLine>
      <Bubble own message={say(agent, "05", t("landing.sample.answer"))} />
      <Bubble own={false} pictures named={false} message={say(rosa, "06", t("landing.sample.thanks"))} />
    </section>
  );
}
