import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { Tag, TagColour } from "~/modules/contacts";
import { Badge, type Tone } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TagFields } from "./tag-fields";

const TONES: Record<TagColour, Tone> = {
  grey: "neutral",
  red: "danger",
  amber: "amber",
  green: "jungle",
  blue: "river",
};

type TagRowProps = { tag: Tag; others: Tag[] };

/** A tag with what can be done with it. */
export function TagRow({ tag, others }: TagRowProps) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { tagId: tag.id };
  const refused = ["change", "merge", "delete"].some((intent) => problemOf(intent, row));
  return (
    <li className="grid gap-2 border-line border-b py-3 last:border-b-0">
      <span className="min-w-0">
        <Badge tone={TONES[tag.colour]}>{tag.name}</Badge>
      </span>
      <Disclosure label={t("admin.tags.edit")} ariaLabel={t("admin.tags.editOf", { name: tag.name })} open={refused}>
        <div className="grid max-w-md gap-4 rounded-sm bg-sunken p-4">
          <ProblemNote problem={problemOf("change", row)} fields={["name"]} />
          <Form method="post" noValidate className="grid gap-4" preventScrollReset>
            <input type="hidden" name="tagId" value={tag.id} />
            <TagFields tag={tag} />
            <div>
              <Button type="submit" name="intent" value="change" busy={isBusy("change", row)}>
                {t("ui.save")}
              </Button>
            </div>
          </Form>
          {others.length > 0 && <MergeTag tag={tag} others={others} />}
          <DeleteTag tag={tag} />
        </div>
      </Disclosure>
    </li>
  );
}

/** Two tags become one for good, so that it asks first. */
function MergeTag({ tag, others }: TagRowProps) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const row = { tagId: tag.id };
  const problem = problemOf("merge", row);
  return (
    <Disclosure label={t("admin.tags.merge")} danger open={problem !== undefined}>
      <Form method="post" className="grid gap-3" preventScrollReset>
        <ProblemNote problem={problem} />
        <input type="hidden" name="tagId" value={tag.id} />
        <Select label={t("admin.tags.mergeInto")} name="intoId" defaultValue={valuesOf("merge", row)?.intoId}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <p className="text-ink-soft text-sm">{t("admin.tags.mergeSure", { name: tag.name })}</p>
        <div>
          <Button type="submit" size="sm" variant="danger" name="intent" value="merge" busy={isBusy("merge", row)}>
            {t("admin.tags.mergeConfirm")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}

function DeleteTag({ tag }: { tag: Tag }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { tagId: tag.id };
  const problem = problemOf("delete", row);
  return (
    <Disclosure label={t("admin.tags.delete")} danger open={problem !== undefined}>
      <Form method="post" className="grid gap-2" preventScrollReset>
        <ProblemNote problem={problem} />
        <p className="text-ink-soft text-sm">{t("admin.tags.deleteSure")}</p>
        <input type="hidden" name="tagId" value={tag.id} />
        <div>
          <Button type="submit" size="sm" variant="danger" name="intent" value="delete" busy={isBusy("delete", row)}>
            {t("admin.tags.deleteConfirm")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}
