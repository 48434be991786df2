import { CircleAlert, Upload } from "lucide-react";
import { lazy, Suspense, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { fileIdOf } from "~/modules/files/ui/uploading/upload-items";
import { Button } from "~/ui/button";
import { useForm } from "../form/form-context";
import { type Path, pathKey } from "../form/value-at";
import { useEditor } from "../state/editor-context";
import { KeptFile } from "./kept-file";
import { takeFile } from "./take-file";
import { useFieldUpload } from "./use-field-upload";

const FileTray = lazy(() => import("~/ui/conversation/composer-files/file-tray"));

type FileControlProps = {
  label: string;
  error?: string;
  hideLabel?: boolean;
  value: string;
  path: Path;
  /** What may be picked, as an input's `accept`; null for anything. */
  accept: string | null;
  onChange(id: string): void;
};

/** A file of the organisation: brought, shown, replaced, taken out. */
export function FileControl({ label, error, hideLabel, value, path, accept, onChange }: FileControlProps) {
  const { t } = useTranslation();
  const { store, flowId } = useEditor();
  const { node = "" } = useForm();
  const input = useRef<HTMLInputElement>(null);
  const { item, begin, stop, queue } = useFieldUpload(flowId, `${flowId} ${node} ${pathKey(path)}`, (whole) =>
    store.edit(takeFile(node, path, { id: fileIdOf(whole), kind: whole.kind })),
  );
  return (
    <fieldset className="grid gap-2">
      <legend className={hideLabel ? "sr-only" : "mb-1.5 font-medium text-sm"}>{label}</legend>
      {item && queue ? (
        <Suspense>
          <FileTray
            files={{
              ...{ list: [item], looking: false, add: () => {}, sendVoice: () => {}, cancel: stop },
              pause: (key) => queue.pause(key),
              resume: (key) => queue.resume(key),
            }}
          />
        </Suspense>
      ) : (
        value !== "" && <KeptFile id={value} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          data-mends={error ? "" : undefined}
          icon={<Upload aria-hidden className="size-4" />}
          onClick={() => input.current?.click()}
        >
          {t(value === "" ? "bots.files.bring" : "bots.files.replace")}
        </Button>
        {value !== "" && !item && (
          <Button size="sm" variant="plain" onClick={() => onChange("")}>
            {t("bots.files.remove")}
          </Button>
        )}
      </div>
      {error && (
        <p className="flex gap-1.5 text-danger-text text-sm">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={accept ?? undefined}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void begin(file);
          target.value = "";
        }}
      />
    </fieldset>
  );
}
