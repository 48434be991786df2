import type { z } from "zod";

/** What is wrong with a value, in a text of the interface (`message.key`), and where. */
export type Problem = {
  path: (string | number)[];
  message: { key: string; params: { [name: string]: string | number } };
};

type Issue = z.core.$ZodIssue;
type Words = [text: string, params?: { [name: string]: string | number }];

function tooSmall(issue: z.core.$ZodIssueTooSmall): Words {
  const least = Number(issue.minimum);
  if (issue.origin === "string") return least <= 1 ? ["required"] : ["too_short", { min: least }];
  if (issue.origin === "array" || issue.origin === "set")
    return least <= 1 ? ["required"] : ["too_few", { min: least }];
  return ["too_small", { min: least }];
}

function tooBig(issue: z.core.$ZodIssueTooBig): Words {
  const most = Number(issue.maximum);
  if (issue.origin === "string") return ["too_long", { max: most }];
  return [issue.origin === "array" || issue.origin === "set" ? "too_many" : "too_big", { max: most }];
}

/** What a schema says of its own accord; whatever else it may say is "invalid". */
const OWN_WORDS: readonly [RegExp, string][] = [
  [/https:/, "url"],
  [/lower-case name/, "format"],
  [/time such as/, "time"],
  [/path such as/, "json_path"],
  [/must be JSON/, "json"],
  [/name of a header/, "header"],
  [/header that may not/, "closed_header"],
  [/a GET has none/, "no_body"],
  [/at least one|need|missing/i, "required"],
  [/same|twice|unique|two |another exit/i, "twice"],
  [/excludes|not both|either/i, "not_both"],
  [/has no exit|no node|leads somewhere else/i, "edge"],
];

const ownWords = (message = ""): string => OWN_WORDS.find(([words]) => words.test(message))?.[1] ?? "invalid";

function wordsOf(issue: Issue): Words {
  switch (issue.code) {
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_type":
      return issue.expected === "number" || issue.expected === "int" ? ["number"] : ["required"];
    case "invalid_format":
      return [ownWords(issue.message)];
    case "invalid_value":
    case "invalid_union":
      return ["choose"];
    case "custom":
      return [ownWords(issue.message)];
    default:
      return ["invalid"];
  }
}

/** What a schema found, in words for people: `bots.problems.<text>`. */
export function problemOf(issue: Issue): Problem {
  const [text, params = {}] = wordsOf(issue);
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  return { path, message: { key: `bots.problems.${text}`, params } };
}
