import type { Fault } from "../driver/fault";

const TIMES = 5;

type Sent = { status: number; data?: { id: string } };

const f7: Fault = {
  name: "F7",
  title: "the same message is sent five times at once, to both servers",
  async inject({ cluster, crowd, short, note, promise }) {
    const send = async (n: number, clientId: string, copy: number): Promise<Sent> => {
      const server = [cluster.a, cluster.b][(n + copy) % 2]?.url;
      const conversation = crowd.conversations[n % crowd.conversations.length];
      const answer = await fetch(`${server}/api/v1/conversations/${conversation}/messages`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${crowd.staff[n % crowd.staff.length]?.token}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ client_id: clientId, text: `${n} ${crowd.canary}` }),
      });
      return { status: answer.status, ...((await answer.json()) as { data?: { id: string } }) };
    };
    const keys = Array.from({ length: short ? 20 : 200 }, () => crypto.randomUUID());
    const all: Sent[][] = [];
    for (const [n, key] of keys.entries())
      all.push(await Promise.all(Array.from({ length: TIMES }, (_, copy) => send(n, key, copy))));
    const rows = await cluster.query(
      `select client_id from message where client_id in (${keys.map((key) => `'${key}'`).join()})`,
    );
    note("sent", keys.length * TIMES);
    note("stored", rows.length);
    promise("each is stored once", rows.length === keys.length);
    promise(
      "nobody saw an error",
      all.flat().every(({ status }) => status < 300),
    );
    promise(
      "each copy has the same answer",
      all.every((copies) => new Set(copies.map(({ data }) => data?.id)).size === 1),
    );
  },
};

export const SEND_FAULTS = [f7];
