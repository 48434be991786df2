import { afterEach } from "vitest";
import { type Delivery, listen } from "~/platform/events";

/** For a file of tests: `hear` collects every frame that the server publishes, with its topic, until `forget` or the test's end. */
export function withFrames() {
  let stop = () => {};
  const forget = () => stop();
  afterEach(forget);
  const hear = (): Delivery[] => {
    const frames: Delivery[] = [];
    stop = listen((events) => {
      for (const { definition, data } of events) frames.push(...definition.deliver(data as never));
    });
    return frames;
  };
  return { hear, forget };
}
