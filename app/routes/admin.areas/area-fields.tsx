import { useTranslation } from "~/i18n/translation";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

const VISIBILITIES = ["open", "members", "private"] as const;
const REPLY_MODES = ["claim", "take_first", "assignee_only"] as const;

type Visibility = (typeof VISIBILITIES)[number];
type ReplyMode = (typeof REPLY_MODES)[number];
type AreaFieldsProps = { area?: { name: string; visibility: Visibility; replyMode: ReplyMode }; invalid?: boolean };

/** Name, visibility and reply mode: the same to create an area and to change one. */
export function AreaFields({ area, invalid }: AreaFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t("admin.areas.name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        defaultValue={area?.name}
        aria-invalid={invalid || undefined}
      />
      <Select label={t("admin.areas.visibility")} name="visibility" defaultValue={area?.visibility ?? "members"}>
        {VISIBILITIES.map((one) => (
          <option key={one} value={one}>
            {t(`admin.visibility.${one}`)}
          </option>
        ))}
      </Select>
      <Select label={t("admin.areas.replyMode")} name="replyMode" defaultValue={area?.replyMode ?? "claim"}>
        {REPLY_MODES.map((one) => (
          <option key={one} value={one}>
            {t(`admin.replyMode.${one}`)}
          </option>
        ))}
      </Select>
    </>
  );
}
