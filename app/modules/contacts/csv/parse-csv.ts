/** One record of a file: the number of the line on which it begins, from 1, and its cells. */
export type CsvRecord = { line: number; cells: string[] };

/** Why a file could not be read on: a quote that never ends, or text beside one. */
export type CsvFault = { line: number; code: "quote_open" | "quote_stray" };

export const LONGEST_CELL = 10_000;

const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

/**
 * Reads RFC 4180 piece by piece: cells may hold separators, quotes (doubled) and line breaks within quotes; lines end with LF,
 * CR or CRLF. Empty lines are passed over. What breaks the form ends the reading with a fault, for nothing after it can be
 * trusted.
 */
export function createCsvParser(separator: string) {
  let state = START;
  let cell = "";
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  let afterCr = false;
  let records: CsvRecord[] = [];
  let fault: CsvFault | null = null;

  const endCell = () => {
    cells.push(cell.slice(0, LONGEST_CELL));
    cell = "";
    state = START;
  };
  const endRecord = () => {
    endCell();
    if (cells.length > 1 || cells[0] !== "") records.push({ line: begun, cells });
    cells = [];
  };
  const newLine = () => {
    line++;
    if (state !== QUOTED) begun = line;
  };

  function take(char: string): void {
    if (state === QUOTED) {
      if (char === '"') state = AFTER_QUOTE;
      else {
        cell += char;
        if (char === "\n") newLine();
      }
      return;
    }
    if (char === "\n" && afterCr) {
      afterCr = false;
      return;
    }
    afterCr = char === "\r";
    if (char === separator) endCell();
    else if (char === "\n" || char === "\r") {
      endRecord();
      newLine();
    } else if (char !== '"') {
      if (state === AFTER_QUOTE) fault = { line, code: "quote_stray" };
      if (state === START) state = PLAIN;
      cell += char;
    } else if (state === AFTER_QUOTE) {
      cell += char;
      state = QUOTED;
    } else if (state === START) state = QUOTED;
    else fault = { line, code: "quote_stray" };
  }

  return {
    /** The records that this piece of text completes. */
    push(text: string): CsvRecord[] {
      records = [];
      for (const char of text) {
        if (fault) break;
        take(char);
      }
      return records;
    },
    /** What the end of the file completes, and why it was not read to the end. */
    end(): { records: CsvRecord[]; fault: CsvFault | null } {
      records = [];
      if (!fault && state === QUOTED) fault = { line: begun, code: "quote_open" };
      if (!fault && (cells.length > 0 || state !== START)) endRecord();
      return { records, fault };
    },
    get fault() {
      return fault;
    },
  };
}

/** The separator of a file, by its first line: the one that stands there more often, outside of quotes. */
export function guessSeparator(start: string): "," | ";" {
  const first = (start.replace(/"[^"]*"/g, "").split(/\r?\n|\r/)[0] ?? "").replace(/[^,;]/g, "");
  return first.split(";").length > first.split(",").length ? ";" : ",";
}
