/** One ratio: ours beside its reference, both measured in the same run. */
export type Row = {
  /** What was measured, with its size. */
  what: string;
  unit: string;
  ours: number;
  /** Absent where the goal is an absolute figure. */
  reference?: { name: string; value: number };
  /** `most`: ours divided by the reference (or ours alone) may be no more; `least`: no less. Absent: for information. */
  goal?: { most: number } | { least: number };
  /** Other figures of the same run. */
  more?: Record<string, number | string>;
  /** How the database went about each question; kept, not printed. */
  plans?: Record<string, readonly string[]>;
};

export type Benchmark = {
  /** The word that picks it on the command line. */
  name: string;
  title: string;
  run(setting: Setting): Promise<Row[]>;
};

export type Setting = {
  /** Shorter and smaller: shows that it works, not how fast. */
  quick: boolean;
  say(text: string): void;
};

export const ratioOf = ({ ours, reference }: Row): number => (reference ? ours / reference.value : ours);

/** Whether a row reaches its goal; null without one. */
export function reaches(row: Row): boolean | null {
  if (!row.goal) return null;
  return "most" in row.goal ? ratioOf(row) <= row.goal.most : ratioOf(row) >= row.goal.least;
}
