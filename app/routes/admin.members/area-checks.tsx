import { useTranslation } from "~/i18n/translation";
import { Checkbox } from "~/ui/forms/checkbox";

type AreaChecksProps = { areas: readonly { id: string; name: string }[]; chosen: readonly string[] };

/** Which areas somebody is in. */
export function AreaChecks({ areas, chosen }: AreaChecksProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className="font-medium text-sm">{t("admin.members.areas")}</legend>
      <div className="flex flex-wrap gap-x-5">
        {areas.map(({ id, name }) => (
          <Checkbox key={id} name="areaIds" value={id} label={name} defaultChecked={chosen.includes(id)} />
        ))}
      </div>
    </fieldset>
  );
}
