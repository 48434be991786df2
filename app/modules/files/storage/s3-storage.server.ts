import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  NoSuchKey,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { notFound, unavailable } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { FileStorage } from "./file-storage";
import { makeFolder } from "./make-folder";
import { sayingFull } from "./saying-full";

export type Bucket = { endpoint: string; name: string; accessKey: string; secretKey: string };

const MIB = 1024 * 1024;
/** S3 takes parts of at least 5 MiB, and 10,000 of them. */
const PART_BYTES = 8 * MIB;
const MOST_PARTS = 10_000;
/** How many parts of one file are in memory at once. */
const PARTS_AT_ONCE = 2;

/** A file's key or a small picture's: others may keep things in the same bucket. */
const OURS = /^[0-9a-f]{2}\/[0-9a-f]{64}-[0-9a-f-]{36}(-thumbnail)?$/;

/** Amazon's addresses name their region; what only speaks like S3 takes any. */
const regionOf = (endpoint: string) => /s3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(endpoint)?.[1] ?? "us-east-1";

/**
 * Files in a bucket. Each goes up in parts, and is there once its last part is.
 * @param folder where a file is lent from
 */
export function s3Storage(bucket: Bucket, folder: string): FileStorage {
  const client = new S3Client({
    endpoint: bucket.endpoint,
    region: regionOf(bucket.endpoint),
    forcePathStyle: true,
    credentials: { accessKeyId: bucket.accessKey, secretAccessKey: bucket.secretKey },
    // Sums that not everything that speaks like S3 knows; a part's own is in its signature.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const at = (key: string) => ({ Bucket: bucket.name, Key: key });
  const read: FileStorage["read"] = async (key, range) => {
    try {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const { Body } = await client.send(new GetObjectCommand({ ...at(key), Range }));
      return Body as Readable;
    } catch (error) {
      throw error instanceof NoSuchKey ? notFound("file") : unavailable(error);
    }
  };
  return {
    async put(key, source) {
      const bytes = typeof source === "string" ? (await stat(source)).size : source.length;
      const Body = typeof source === "string" ? createReadStream(source, { highWaterMark: MIB }) : source;
      const params = { ...at(key), Body, ContentType: "application/octet-stream" };
      const partSize = Math.max(PART_BYTES, Math.ceil(bytes / MOST_PARTS));
      try {
        await new Upload({ client, params, partSize, queueSize: PARTS_AT_ONCE }).done();
      } catch (error) {
        throw unavailable(error);
      }
    },
    read,
    async lend(key, work) {
      const path = join(folder, `${newId()}.lent`);
      await sayingFull(makeFolder(folder));
      try {
        await sayingFull(pipeline(await read(key), createWriteStream(path)));
        return await work(path);
      } finally {
        await rm(path, { force: true });
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    async tidy(before) {
      // One page an hour: what is let go makes room for the next.
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name }));
      for (const { Key = "", UploadId, Initiated } of Uploads)
        if (OURS.test(Key) && Initiated && Initiated < before)
          await client.send(new AbortMultipartUploadCommand({ ...at(Key), UploadId }));
    },
  };
}
