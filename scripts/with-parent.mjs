// Loaded into a server that scripts/run-server.mjs starts: when that is killed, its server, which has a process group of
// its own, dies as it would have in the same group.
if (process.connected) {
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.channel.unref();
}
