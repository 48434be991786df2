import { Upload } from "lucide-react";
import { lazy, Suspense, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { fileIdOf } from "~/modules/files/ui/uploading/upload-items";
import { Button } from "~/ui/button";
import { FormField } from "~/ui/forms/form-field";
import { useForm } from "../form/form-context";
import { type Path, pathKey } from "../form/value-at";
import { useEditor } from "../state/editor-context";
import { KeptFile } from "./kept-file";
import { takeFile } from "./take-file";
import { useFieldUpload } from "./use-field-upload";

const FileTray = lazy(() => import("~/ui/conversation/composer-files/file-tray"));

type FileControlProps = {
  label: string;
  hint?: string;
  error?: string;
  hideLabel?: boolean;
  value: string;
  path: Path;
  /** What may be picked, as an input's `accept`; null for anything. */
  accept: string | null;
  onChange(id: string): void;
};

/** A file of the organisation: brought, shown, replaced, taken out. */
export function FileControl({ value, path, accept, onChange, ...field }: FileControlProps) {
  const { t } = useTranslation();
  const { store, flowId } = useEditor();
  const { node = "" } = useForm();
  const input = useRef<HTMLInputElement>(null);
  const { item, begin, stop, queue } = useFieldUpload(flowId, `${flowId} ${node} ${pathKey(path)}`, (whole) =>
    store.edit(takeFile(node, path, { id: fileIdOf(whole), kind: whole.kind })),
  );
  return (
    <FormField {...field}>
      {(control) => (
        <div className="grid gap-2">
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
              {...control}
              size="sm"
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
        </div>
      )}
    </FormField>
  );
}
