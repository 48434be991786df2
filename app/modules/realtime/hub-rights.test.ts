import { afterEach, expect, test } from "vitest";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
afterEach(() => hub.stop());

test.each(["session.ended", "token.revoked"])("%s closes the account's sockets and no others (TB4)", async (fact) => {
  hub = await startHub();
  const ana = hub.world.person("ana");
  hub.world.person("eva");
  const [first, second, other] = [await hub.open("ana"), await hub.open("ana"), await hub.open("eva")];
  hub.world.gone.set(ana.key, "signed_out");
  hub.hub.deliver([hub.world.fact(`u:${ana.account.id}`, fact)]);
  expect(await Promise.all([first.closed, second.closed])).toEqual([4501, 4501]);
  await other.settled();
});

test("a session that ended while its socket was being let in does not live on (TB4)", async () => {
  hub = await startHub({
    doors: (doors) => ({
      ...doors,
      async authenticate(credentials) {
        const principal = await doors.authenticate(credentials);
        if (!principal) return null;
        hub.world.gone.set(principal.key, "signed_out");
        // Nobody hears this one yet.
        hub.hub.deliver([hub.world.fact(`u:${principal.account.id}`, "session.ended")]);
        return principal;
      },
    }),
  });
  hub.world.person("ana");
  expect(await (await hub.open("ana")).closed).toBe(4501);
});

test("one that was removed is told to stay away", async () => {
  hub = await startHub();
  const ana = hub.world.person("ana");
  const socket = await hub.open("ana");
  hub.world.gone.set(ana.key, "removed");
  hub.hub.deliver([hub.world.fact(`u:${ana.account.id}`, "member.changed")]);
  expect(await socket.closed).toBe(4503);
});

test("a topic that one may no longer read falls silent, the others go on", async () => {
  hub = await startHub();
  const ana = hub.world.person("ana");
  const [lost, kept] = [hub.world.conversation(ana), hub.world.conversation(ana)];
  const socket = await hub.open("ana");
  await Promise.all([socket.join(lost), socket.join(kept)]);
  hub.world.conversations.get(lost)?.readers.clear();
  hub.hub.deliver([hub.world.fact(`u:${ana.account.id}`, "member.changed")]);
  await socket.wait((f) => f.code === "forbidden");
  hub.hub.deliver([hub.world.change(lost, { canary: true }), hub.world.change(kept)]);
  await socket.wait((f) => f.event === "message.created" && f.topic === `conversation:${kept}`);
  await socket.settled();
  expect(JSON.stringify(socket.frames)).not.toContain("canary");
});

test("news for those who hear one conversation asks about that conversation alone, and is not passed on", async () => {
  hub = await startHub();
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const [id, other] = [hub.world.conversation(ana, eva), hub.world.conversation(ana)];
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  await Promise.all([a.join(id), a.join(other), b.join(id)]);
  const { join } = hub.world.calls;
  hub.world.conversations.get(id)?.readers.delete(eva.account.id);
  hub.hub.deliver([hub.world.fact(hub.world.topic(id), "rights.changed")]);
  await b.wait((f) => f.code === "forbidden");
  await a.settled();
  expect(hub.world.calls.join).toBe(join + 2);
  expect(a.events("rights.changed")).toEqual([]);
});

test("rights lost without news are noticed by the net", async () => {
  hub = await startHub({ limits: { rightsEveryMs: 100 } });
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  await Promise.all([a.join(id), b.join(id)]);
  const { join } = hub.world.calls;
  hub.world.gone.set(ana.key, null);
  hub.world.conversations.get(id)?.readers.clear();
  hub.world.people.set("eva", { ...eva, rights: "2" });
  expect(await a.closed).toBe(4501);
  await b.wait((f) => f.code === "forbidden");
  expect(hub.world.calls.join).toBe(join + 1);
});

test("rights that cannot be read are asked for again", async () => {
  let broken = true;
  hub = await startHub({
    doors: (doors) => ({
      ...doors,
      refresh: async (principals) => {
        if (broken) throw new Error("database away");
        return doors.refresh(principals);
      },
    }),
  });
  const ana = hub.world.person("ana");
  const socket = await hub.open("ana");
  hub.world.gone.set(ana.key, "signed_out");
  hub.hub.deliver([hub.world.fact(`u:${ana.account.id}`, "session.ended")]);
  await expect.poll(() => hub.logged.join()).toContain("database away");
  broken = false;
  expect(await socket.closed).toBe(4501);
});

test("a right that is lost while a join is under way does not slip through", async () => {
  hub = await startHub();
  const [ana, eva] = [hub.world.person("ana"), hub.world.person("eva")];
  const id = hub.world.conversation(ana, eva);
  const [a, b] = [await hub.open("ana"), await hub.open("eva")];
  await b.join(id);
  let once = true;
  hub.world.hooks.beforeJoin = async () => {
    if (!once) return;
    once = false;
    hub.world.conversations.get(id)?.readers.delete(ana.account.id);
    hub.hub.deliver([hub.world.fact(hub.world.topic(id), "rights.changed")]);
  };
  a.say({ t: "sub", topic: `conversation:${id}` });
  await a.wait((f) => f.code === "forbidden");
  expect(a.frames.some((f) => f.t === "subscribed")).toBe(false);
});
