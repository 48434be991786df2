import { ImageOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { AttachmentView } from "../message-view";
import { VideoFace } from "./video-face";

type PictureProps = { picture: AttachmentView; alt: string };

/** A picture that fills its box: a blur of itself until it has loaded. Of a video, its poster, or what is known of it. */
export function Picture({ picture, alt }: PictureProps) {
  const { placeholder, preview, url, thumbnail, kind } = picture;
  const [state, setState] = useState<"loading" | "shown" | "broken">("loading");
  const image = useRef<HTMLImageElement>(null);
  // What had loaded before the scripts ran tells nobody any more.
  useEffect(() => {
    const { current } = image;
    if (current?.complete) setState(current.naturalWidth > 0 ? "shown" : "broken");
  }, []);
  const moves = kind === "video";
  const source = moves ? null : (preview ?? thumbnail ?? url);
  return (
    <span className="absolute inset-0 overflow-clip">
      {placeholder && state !== "shown" && (
        <span
          aria-hidden
          style={{ backgroundImage: `url("${placeholder}")` }}
          className={`absolute inset-0 bg-center bg-cover ${moves ? "" : "scale-110 blur-md"}`}
        />
      )}
      {moves && !placeholder && <VideoFace video={picture} />}
      {source && state !== "broken" && (
        <img
          ref={image}
          src={source}
          alt={alt}
          loading="lazy"
          decoding="async"
          onLoad={() => setState("shown")}
          onError={() => setState("broken")}
          className="relative size-full object-cover"
        />
      )}
      {state === "broken" && (
        <ImageOff role="img" aria-label={alt} className="absolute inset-0 m-auto size-6 text-ink-faint" />
      )}
    </span>
  );
}
