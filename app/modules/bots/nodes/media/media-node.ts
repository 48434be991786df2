import { z } from "zod";
import type { MediaSource } from "../../engine/run";
import { defineNode, type NodeContext } from "../define-node";
import { mediaSource, messageText } from "../fields";
import { publicUrl } from "./public-url";

const settings = z.strictObject({
  media: z.enum(["image", "video", "audio", "file"]).default("image"),
  source: mediaSource,
  caption: messageText.nullable().default(null),
});

/** The source with its variables filled; null when there is no public address then. */
export function filledSource(source: MediaSource, ctx: Pick<NodeContext, "fill">): MediaSource | null {
  if (source.from === "file") return source;
  const url = publicUrl(ctx.fill(source.url));
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
