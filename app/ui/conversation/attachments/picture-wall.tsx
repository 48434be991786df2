import { lazy, Suspense, useState } from "react";
import type { AttachmentView } from "../message-view";
import { PictureCell } from "./picture-cell";

const Lightbox = lazy(() => import("./lightbox"));

/** Many pictures side by side; a press opens them large, one after the other. */
export function PictureWall({ pictures }: { pictures: readonly AttachmentView[] }) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-1 p-1 sm:grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]">
        {pictures.map((picture, place) => (
          <li key={picture.id} className="grid aspect-square">
            <PictureCell picture={picture} onOpen={() => setOpen(place)} />
          </li>
        ))}
      </ul>
      {open !== null && (
        <Suspense>
          <Lightbox pictures={pictures} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
