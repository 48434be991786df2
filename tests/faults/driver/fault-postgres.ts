import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "../../../app/platform/postgres/binaries.server";
import { initialize, launch, SUPERUSER } from "../../../app/platform/postgres/cluster.server";
import { openHome } from "../../../app/platform/postgres/home.server";
import { runBinary } from "../../../app/platform/postgres/run-binary.server";
import { runQuery } from "../../support/postgres-query";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

export type Wired = { url: string; wire: TcpProxy };

export type FaultPostgres = Wired & {
  /** Without a wire; another one after each start. */
  direct(): string;
  /** One wire more, for a process of its own. Its address stays the same over restarts. */
  addWire(): Promise<Wired>;
  /** `immediate` is a crash: what was not on disk is lost. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
};

/** A durable PostgreSQL of one's own, reached through wires that can be cut, to be stopped and started again. */
export async function startFaultPostgres(database = "faults"): Promise<FaultPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-faults-"));
  chmodSync(folder, 0o711);
  const home = openHome(folder);
  const binaries = findBinaries(home.user, folder);
  await initialize(home, binaries, true);
  let { port } = await launch(home, binaries, true);
  const password = readFileSync(home.passwordFile, "utf8").trim();
  const urlOf = (at: number, name = database) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${at}/${name}`;
  const wires: TcpProxy[] = [];
  const addWire = async (): Promise<Wired> => {
    const wire = await startTcpProxy(port);
    wires.push(wire);
    return { wire, url: urlOf(wire.port) };
  };
  await runQuery(urlOf(port, "postgres"), `CREATE DATABASE ${database}`);
  const stop = async (mode: "fast" | "immediate") => {
    const { code, output } = await runBinary(
      binaries,
      "pg_ctl",
      ["stop", "-s", "-w", "-D", home.cluster, "-m", mode],
      home,
    );
    if (code !== 0) throw new Error(`PostgreSQL did not stop: ${output}`);
  };
  return {
    ...(await addWire()),
    direct: () => urlOf(port),
    addWire,
    stop,
    async start() {
      ({ port } = await launch(home, binaries, true));
      for (const wire of wires) wire.lead(port);
    },
    async dispose() {
      await stop("immediate").catch(() => {});
      await Promise.all(wires.map((wire) => wire.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
