import { useFetcher } from "@remix-run/react";
import { Image as ImageIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { Button } from "~/ui/button";
import { PictureWall } from "~/ui/conversation/attachments/picture-wall";
import { EmptyState } from "~/ui/state/empty-state";
import { FileRows } from "./file-rows";
import { LinkRows } from "./link-rows";
import type { GalleryPage } from "./load-page.server";

const empty = {
  media: "media.gallery.noMedia",
  files: "media.gallery.noFiles",
  links: "media.gallery.noLinks",
} as const;

/** A tab's pages one under the other, each loaded by a press. */
export function GalleryPages({ id, first }: { id: string; first: GalleryPage }) {
  const { t } = useTranslation();
  const [later, setLater] = useState<readonly GalleryPage[]>([]);
  const more = useFetcher<{ page: GalleryPage }>();
  const { data } = more;
  useEffect(() => {
    if (data) setLater((pages) => (pages.includes(data.page) ? pages : [...pages, data.page]));
  }, [data]);
  const pages = [first, ...later];
  const cursor = pages.at(-1)?.nextCursor;
  const files = pages.flatMap((page) => page.files);
  const messages = pages.flatMap((page) => page.messages);
  const { show } = first;
  if (files.length === 0 && messages.length === 0)
    return <EmptyState icon={<ImageIcon />} title={t(empty[show])} text={t("media.gallery.hint")} />;
  return (
    <>
      {show === "media" && <PictureWall pictures={files} />}
      {show === "files" && <FileRows files={files} />}
      {show === "links" && <LinkRows messages={messages} />}
      {cursor && (
        <div className="flex justify-center p-4">
          <Button
            variant="quiet"
            busy={more.state !== "idle"}
            onClick={() => more.load(`/chats/${id}/media?show=${show}&cursor=${encodeURIComponent(cursor)}`)}
          >
            {t("media.gallery.more")}
          </Button>
        </div>
      )}
    </>
  );
}
