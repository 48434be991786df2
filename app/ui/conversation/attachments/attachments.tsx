import type { AttachmentView } from "../message-view";
import { AudioPlayer } from "./audio-player";
import { FileLine } from "./file-line";
import { PictureGrid } from "./picture-grid";

const isSeen = ({ kind, state, url, preview, placeholder }: AttachmentView) =>
  (kind === "image" || kind === "sticker" || kind === "video") &&
  (state === "ready" ? Boolean(url) : state === "pending" && Boolean(preview ?? placeholder));

/** The files of a message: what can be seen in a grid, what can be heard with its player, all else by name and size. */
export default function Attachments({ list }: { list: readonly AttachmentView[] }) {
  const seen = list.filter(isSeen);
  return (
    <>
      {seen.length > 0 && <PictureGrid pictures={seen} />}
      {list.map((file) => {
        if (isSeen(file)) return null;
        const heard = (file.kind === "audio" || file.kind === "voice") && file.state === "ready" && file.url;
        return heard ? <AudioPlayer key={file.id} sound={file} /> : <FileLine key={file.id} file={file} />;
      })}
    </>
  );
}
