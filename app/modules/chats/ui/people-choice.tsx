import { useTranslation } from "~/i18n/translation";
import { Checkbox } from "~/ui/forms/checkbox";

type PeopleChoiceProps = { title: string; people: readonly { id: string; name: string }[] };

/** Whom to put into a group, as boxes to tick named `people`. */
export function PeopleChoice({ title, people }: PeopleChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="font-medium">{title}</legend>
      {people.length === 0 ? (
        <p className="mt-1 text-ink-soft">{t("chat.groupNobody")}</p>
      ) : (
        <div className="mt-1 grid max-h-80 grid-cols-1 overflow-y-auto sm:grid-cols-2">
          {people.map(({ id, name }) => (
            <Checkbox key={id} name="people" value={id} label={<bdi>{name}</bdi>} />
          ))}
        </div>
      )}
    </fieldset>
  );
}
