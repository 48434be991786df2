import { z } from "zod";
import type { MediaSource } from "../../engine/run";
import { readable, readVariable, splitTemplates, type Variables } from "../../wording/variables";
import { defineNode, type NodeContext } from "../define-node";
import { mediaSource, messageText } from "../fields";
import { publicUrl } from "./public-url";

const settings = z.strictObject({
  media: z.enum(["image", "video", "audio", "file"]).default("image"),
  source: mediaSource,
  caption: messageText.nullable().default(null),
});

/** A variable with which the address begins is taken as it is; behind that it is a value that ends nothing (TE4). */
function filledAddress(url: string, variables: Variables): string {
  const parts = splitTemplates(url).map((part, place) => {
    if (typeof part === "string") return part;
    const text = readable(readVariable(variables, part.path)).trim() || (part.fallback ?? "");
    return place === 0 ? text : encodeURIComponent(text.toWellFormed());
  });
  return parts.join("");
}

/** The source with its variables filled; null when there is no public address then. */
export function filledSource(source: MediaSource, { variables }: Pick<NodeContext, "variables">): MediaSource | null {
  if (source.from === "file") return source;
  const url = publicUrl(filledAddress(source.url, variables));
  return url === null ? null : { from: "url", url };
}

/** Sends a picture, a video, sound or a file. What is no public address once it is filled in fails. */
export const mediaNode = defineNode(settings, {
  family: "say",
  initial: () => ({ media: "image", source: { from: "file", file: "" } }),
  waits: false,
  exits: () => [
    { id: "next", fallback: false },
    { id: "failed", fallback: true },
  ],
  enter(node, ctx) {
    const source = filledSource(node.source, ctx);
    if (!source) return { detail: { failed: "address" }, next: { do: "leave", exit: "failed" } };
    const caption = node.caption === null ? null : ctx.fill(node.caption).trim() || null;
    return {
      say: [{ content: { kind: "media", media: node.media, source, caption } }],
      next: { do: "leave", exit: "next" },
    };
  },
  texts: (node) => [node.caption ?? "", node.source.from === "url" ? node.source.url : ""],
  checks: ({ source }) => (source.from === "url" ? [{ what: "url", url: source.url }] : []),
  shows: ({ media, source, caption }) => [{ kind: "media", media, source, caption }],
});
