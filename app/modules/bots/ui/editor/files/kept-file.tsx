import { File as FileIcon, FileX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";

type Facts = { type: string; name: string };

/** What the server says of a file; null where it has none that this reader may see. */
async function factsOf(address: string): Promise<Facts | null> {
  const answer = await fetch(address, { method: "HEAD" });
  if (!answer.ok) return null;
  const written = /filename\*=UTF-8''([^;]*)/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "";
  return { type: answer.headers.get("content-type") ?? "", name: decodeURIComponent(written) };
}

/** A file that a step sends, as customers will get it. */
export function KeptFile({ id }: { id: string }) {
  const { t } = useTranslation();
  const [facts, setFacts] = useState<Facts | null>();
  const address = `/media/${encodeURIComponent(id)}`;
  useEffect(() => {
    let here = true;
    setFacts(undefined);
    // Without a network nothing is known of it, which is not the same as that it is gone.
    factsOf(address).then(
      (found) => here && setFacts(found),
      () => {},
    );
    return () => {
      here = false;
    };
  }, [address]);
  if (facts === undefined) return <div aria-hidden className="h-16 rounded-sm bg-sunken" />;
  if (facts === null)
    return (
      <p className="flex items-center gap-2 rounded-sm bg-danger-soft p-2.5 text-danger-text text-sm">
        <FileX aria-hidden className="size-4 shrink-0" />
        {t("bots.files.gone")}
      </p>
    );
  return (
    <figure className="grid gap-1.5">
      <Shown address={address} facts={facts} />
      <figcaption className="wrap-anywhere text-ink-soft text-sm">
        <bdi>{facts.name}</bdi>
      </figcaption>
    </figure>
  );
}

function Shown({ address, facts: { type, name } }: { address: string; facts: Facts }) {
  const box = "max-h-44 max-w-full justify-self-start rounded-sm";
  if (type.startsWith("image/"))
    return <img src={`${address}?size=thumb`} alt="" className={`${box} object-contain`} />;
  // biome-ignore lint/a11y/useMediaCaption: what the owner brought has no captions of ours.
  if (type.startsWith("video/")) return <video src={address} controls preload="metadata" className={box} />;
  // biome-ignore lint/a11y/useMediaCaption: what the owner brought has no captions of ours.
  if (type.startsWith("audio/")) return <audio src={address} controls preload="none" className="w-full" />;
  return (
    <a href={address} download={name} className="touch-target inline-flex items-center gap-2 justify-self-start">
      <FileIcon aria-hidden className="size-8 shrink-0 text-ink-soft" />
      <span className="sr-only">{name}</span>
    </a>
  );
}
