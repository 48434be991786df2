import type { ConversationFile } from "~/modules/tickets/index.server";
import Attachments from "~/ui/conversation/attachments/attachments";
import { Time } from "~/ui/time";

/** Files with who sent each, and when. */
export function FileRows({ files }: { files: readonly ConversationFile[] }) {
  return (
    <ul className="max-w-3xl divide-y divide-line px-4">
      {files.map((file) => (
        <li key={file.id} className="py-1.5">
          <Attachments list={[file]} />
          <p className="text-ink-soft text-xs">
            <bdi>{file.author.name}</bdi> · <Time at={file.sent_at} style="date" />
          </p>
        </li>
      ))}
    </ul>
  );
}
