import { type ReactNode, useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import { Avatar } from "../../avatar";
import { type MentionablePerson, mentionAt, peopleFor, wordFor } from "./mention-query";
import { ProposalPicker, type Source } from "./proposal-picker";

type MentionPickerProps = {
  /** Whom the writer may call: of the group, without themselves. */
  people: readonly MentionablePerson[];
  /** A composer: what is written in its text area is looked at. */
  children: ReactNode;
};

/** Around a composer: after an `@` proposes people. */
export function MentionPicker({ people, children }: MentionPickerProps) {
  return <ProposalPicker source={useMentions(people)}>{children}</ProposalPicker>;
}

/** Whom one may call, as a composer proposes it. */
export function useMentions(people: readonly MentionablePerson[]): Source {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      label: t("marks.mention.label"),
      count: (count) => t("marks.mention.found", { count }),
      at: (text, caret) => {
        const written = mentionAt(text, caret);
        if (!written) return null;
        const found = peopleFor(people, written.query).map((person) => ({
          id: person.id,
          words: `@${wordFor(person, people)} `,
          face: <PersonFace person={person} />,
        }));
        return { from: written.from, found };
      },
    }),
    [people, t],
  );
}

export function PersonFace({ person }: { person: MentionablePerson }) {
  return (
    <>
      <Avatar id={person.id} name={person.name} size="sm" />
      <span className="min-w-0">
        <bdi className="block truncate">{person.name}</bdi>
        {person.handle && <span className="block truncate text-ink-soft text-xs">@{person.handle}</span>}
      </span>
    </>
  );
}
