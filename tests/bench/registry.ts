import { acceptMessages, endToEnd, hotConversation } from "./accept";
import type { Benchmark } from "./benchmark";
import { botHistory } from "./bot-history";
import { desk } from "./desk";
import { engine } from "./engine";
import { fanOut } from "./fan-out";
import { flowEditor } from "./flow-editor";
import { idleSockets } from "./idle-sockets";
import { longThread } from "./long-thread";
import { noisy } from "./noisy";
import { pages } from "./pages";
import { webhookIngest } from "./webhooks";

/** Every benchmark, in the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  fanOut,
  idleSockets,
  acceptMessages,
  hotConversation,
  endToEnd,
  webhookIngest,
  pages,
  longThread,
  desk,
  engine,
  botHistory,
  flowEditor,
  noisy,
];
