import { File as FileIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { formatBytes } from "~/ui/format/format-bytes";
import { Banner } from "~/ui/state/banner";
import type { SharedWords } from "./shared-cookie";

type SharedThingsProps = { text: string; files: readonly File[]; words: SharedWords | null; loading: boolean };

/** What is about to go into a chat, and what of it did not come. */
export function SharedThings({ text, files, words, loading }: SharedThingsProps) {
  const { t } = useTranslation();
  const empty = !loading && text === "" && files.length === 0;
  return (
    <div className="grid grid-cols-1 gap-2 border-line border-b px-4 py-3">
      {words?.lostFiles && files.length === 0 && <Lack text={t("share.lostFiles")} />}
      {words?.cut && <Lack text={t("share.cut")} />}
      {empty && !words?.lostFiles && <p className="text-ink-soft">{t("share.nothing")}</p>}
      {text && (
        <p dir="auto" className="line-clamp-4 whitespace-pre-line break-words rounded-md bg-hover px-3 py-2">
          {text}
        </p>
      )}
      {files.length > 0 && (
        <ul className="grid grid-cols-1 gap-2">
          {files.map((file, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and none moves.
            <SharedFile key={at} file={file} />
          ))}
        </ul>
      )}
    </div>
  );
}

const Lack = ({ text }: { text: string }) => (
  <div className="overflow-hidden rounded-md">
    <Banner tone="warning">{text}</Banner>
  </div>
);

function SharedFile({ file }: { file: File }) {
  const { i18n } = useTranslation();
  const picture = usePicture(file);
  return (
    <li className="flex min-w-0 items-center gap-3">
      <span className="flex size-12 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-hover">
        {picture ? (
          <img src={picture} alt="" className="size-full object-cover" />
        ) : (
          <FileIcon aria-hidden className="size-5 text-ink-soft" />
        )}
      </span>
      <bdi className="min-w-0 flex-1 truncate">{file.name}</bdi>
      <span className="shrink-0 text-ink-soft text-sm">{formatBytes(file.size, i18n.language)}</span>
    </li>
  );
}

/** An address of the picture in this page, for as long as it is shown. */
function usePicture(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
