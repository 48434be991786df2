import { lazy, Suspense, useState } from "react";
import type { AttachmentView } from "../message-view";
import { PictureCell } from "./picture-cell";
import { cellsOf, pictureBox } from "./picture-size";
import { VideoPlayer } from "./video-player";

const Lightbox = lazy(() => import("./lightbox"));

const shapes: Record<number, string> = {
  2: "grid-cols-2 aspect-2/1",
  3: "grid-cols-2 grid-rows-2 aspect-square [&>*:first-child]:row-span-2",
  4: "grid-cols-2 grid-rows-2 aspect-square",
};

/** What can be seen of a message: one in its own shape, several as a grid; a press opens them large. */
export function PictureGrid({ pictures }: { pictures: readonly AttachmentView[] }) {
  const [open, setOpen] = useState<number | null>(null);
  const [one] = pictures;
  const { shown, more } = cellsOf(pictures);
  return (
    <div className="-mx-1.5 my-0.5 max-w-[calc(100%+0.75rem)] overflow-clip rounded-sm">
      {pictures.length === 1 && one ? (
        <Single picture={one} onOpen={() => setOpen(0)} />
      ) : (
        <div className={`grid w-80 max-w-full gap-0.5 ${shapes[shown.length]}`}>
          {shown.map((picture, place) => (
            <PictureCell
              key={picture.id}
              picture={picture}
              more={place === shown.length - 1 ? more : 0}
              onOpen={() => setOpen(place)}
            />
          ))}
        </div>
      )}
      {open !== null && (
        <Suspense>
          <Lightbox pictures={pictures.filter(({ url }) => url)} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

function Single({ picture, onOpen }: { picture: AttachmentView; onOpen: () => void }) {
  const [playing, setPlaying] = useState(false);
  const { width, height } = pictureBox(picture.kind === "video" ? enlarged(picture) : picture);
  const shape = { width, aspectRatio: `${width} / ${height}` };
  return (
    <div style={shape} className="grid max-w-full">
      {picture.kind === "video" && picture.url && (picture.placeholder || playing) ? (
        <VideoPlayer video={picture} auto={playing} />
      ) : (
        <PictureCell picture={picture} onOpen={picture.kind === "video" ? () => setPlaying(true) : onOpen} />
      )}
    </div>
  );
}

/** Of a video, its poster's shape is known, not its size: it gets the room that there is. */
const enlarged = ({ width, height }: AttachmentView) => ({ width: (width ?? 0) * 10, height: (height ?? 0) * 10 });
