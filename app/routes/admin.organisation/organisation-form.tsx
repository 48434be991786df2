import { Form } from "@remix-run/react";
import { useState } from "react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

type OrganisationFormProps = {
  organisation: {
    name: string;
    handle: string;
    locale: string;
    timeZone: string;
    region: string;
    colour: string | null;
    autoAwayMinutes: number | null;
  };
  regions: { code: string; name: string }[];
  timeZones: string[];
};

export function OrganisationForm({ organisation, regions, timeZones }: OrganisationFormProps) {
  const { t } = useTranslation();
  const { problemOf: refusedOf, valuesOf, isBusy } = useFormAnswer();
  const problemOf = useFieldProblem(refusedOf("update"));
  const values = valuesOf("update");
  return (
    <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
      <TextField
        label={t("admin.organisation.name")}
        name="name"
        autoComplete="organization"
        maxLength={80}
        defaultValue={values?.name ?? organisation.name}
        error={problemOf("name")}
      />
      <HandleField handle={organisation.handle} error={problemOf("handle")} />
      <ColourField colour={organisation.colour} error={problemOf("colour")} />
      <Select label={t("admin.organisation.locale")} name="locale" defaultValue={values?.locale ?? organisation.locale}>
        {languages.map((language) => (
          <option key={language} value={language}>
            {languageNames[language]}
          </option>
        ))}
      </Select>
      <TextField
        label={t("admin.organisation.timeZone")}
        hint={t("admin.organisation.timeZoneHint")}
        name="timeZone"
        list="time-zones"
        autoComplete="off"
        spellCheck={false}
        defaultValue={values?.timeZone ?? organisation.timeZone}
        error={problemOf("timeZone")}
      />
      <datalist id="time-zones">
        {timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Select
        label={t("admin.organisation.region")}
        hint={t("admin.organisation.regionHint")}
        name="region"
        defaultValue={values?.region ?? organisation.region}
      >
        {regions.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
      <TextField
        label={t("admin.organisation.autoAway")}
        hint={t("admin.organisation.autoAwayHint")}
        name="autoAwayMinutes"
        type="number"
        inputMode="numeric"
        min={5}
        max={1440}
        optional
        defaultValue={values?.autoAwayMinutes ?? organisation.autoAwayMinutes ?? ""}
        error={problemOf("autoAwayMinutes")}
      />
      <div>
        <Button type="submit" name="intent" value="update" variant="primary" busy={isBusy("update")}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}

/** Says, once it is another, that the link that people have ends. */
function HandleField({ handle, error }: { handle: string; error?: string }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(handle);
  const isOther = written.trim().toLowerCase() !== handle;
  return (
    <TextField
      label={t("admin.organisation.handle")}
      hint={isOther ? t("admin.organisation.handleWarning", { handle }) : t("admin.organisation.handleHint")}
      name="handle"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={30}
      value={written}
      onChange={(event) => setWritten(event.currentTarget.value)}
      error={error}
    />
  );
}

/** A colour by its number, with how it looks behind a white letter. */
function ColourField({ colour, error }: { colour: string | null; error?: string }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(colour ?? "");
  const isColour = /^#[0-9a-f]{6}$/i.test(written.trim());
  return (
    <TextField
      label={t("admin.organisation.colour")}
      hint={t("admin.organisation.colourHint")}
      name="colour"
      placeholder="#8a3b12"
      autoComplete="off"
      spellCheck={false}
      maxLength={7}
      optional
      value={written}
      onChange={(event) => setWritten(event.currentTarget.value)}
      error={error}
      end={
        <input
          type="color"
          aria-label={t("admin.organisation.pickColour")}
          value={isColour ? written.trim().toLowerCase() : "#a8512c"}
          onChange={(event) => setWritten(event.currentTarget.value)}
          className="size-9 shrink-0 rounded-sm border border-line-mid bg-surface p-0.5 pointer-coarse:size-11"
        />
      }
    />
  );
}
