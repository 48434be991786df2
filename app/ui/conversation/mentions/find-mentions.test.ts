import { expect, it } from "vitest";
import { splitMentions } from "./find-mentions";

const marked = (text: string, names: string[]) =>
  splitMentions(text, names)
    .map((part) => (part.mention ? `[${part.text}]` : part.text))
    .join("");

it.each([
  ["hola @Ana, ¿vas?", ["Ana"], "hola [@Ana], ¿vas?"],
  ["@Ana María y @ANA", ["Ana", "Ana María"], "[@Ana María] y [@ANA]"],
  ["@Anabel", ["Ana"], "@Anabel"],
  ["x@Ana", ["Ana"], "x@Ana"],
  ["@Ana", [], "@Ana"],
  ["@", [""], "@"],
])("%j that calls %j", (text, names, expected) => expect(marked(text, names)).toBe(expected));
