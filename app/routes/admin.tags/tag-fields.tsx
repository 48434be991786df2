import { useTranslation } from "~/i18n/translation";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { TAG_COLOURS, type Tag } from "~/modules/contacts";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

/** Name and colour, of a new tag or of one that is there. */
export function TagFields({ tag }: { tag?: Tag }) {
  const { t } = useTranslation();
  const answer = useFormAnswer();
  const [intent, row] = tag ? ["change", { tagId: tag.id }] : ["create", undefined];
  const values = answer.valuesOf(intent, row);
  const errorOf = useFieldProblem(answer.problemOf(intent, row));
  return (
    <>
      <TextField
        label={t("admin.tags.name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={values?.name ?? tag?.name}
        error={errorOf("name")}
      />
      <Select label={t("admin.tags.colour")} name="colour" defaultValue={values?.colour ?? tag?.colour ?? "grey"}>
        {TAG_COLOURS.map((one) => (
          <option key={one} value={one}>
            {t(`admin.tags.colours.${one}`)}
          </option>
        ))}
      </Select>
    </>
  );
}
