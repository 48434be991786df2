/** How a country writes its numbers: country code, what stands before a number at home, and what a full number looks like. */
type NumberingPlan = { code: string; trunk: RegExp; full: RegExp; national?: (digits: string) => string };

/**
 * Argentina: mobiles are written `9` + area + number abroad and area + `15` + number at home, and are the same ten
 * digits. Area codes start with 1, 2 or 3; only Buenos Aires (11) has two digits, so the place of the 15 is never in doubt.
 */
function argentine(digits: string): string {
  const national = digits.replace(/^0/, "");
  const unmarked = /^9\d{10}(\d\d)?$/.test(national) ? national.slice(1).replace(/^0/, "") : national;
  if (unmarked.length !== 12) return unmarked;
  if (unmarked.startsWith("11")) return unmarked.replace(/^(11)15/, "$1");
  return unmarked.replace(/^([23]\d{2,3})15/, "$1");
}

/** Mexico: `1` before mobiles abroad until 2019, and 01, 044 or 045 before them at home. */
function mexican(digits: string): string {
  const national = digits.replace(/^(01|044|045)(?=\d{10}$)/, "");
  return national.replace(/^1(?=\d{10}$)/, "");
}

/** Brazil: mobiles got a ninth digit in front; the old eight-digit ones start with 6 to 9, fixed lines with 2 to 5. */
function brazilian(digits: string): string {
  const national = digits.replace(/^0(?:\d\d)?(?=\d{10,11}$)/, "");
  return national.replace(/^(\d\d)(?=[6-9]\d{7}$)/, "$19");
}

const PLANS = {
  AR: { code: "54", trunk: /^0/, full: /^[1-3]\d{9}$/, national: argentine },
  BR: { code: "55", trunk: /^0/, full: /^[1-9]{2}(9\d{8}|[2-5]\d{7})$/, national: brazilian },
  MX: { code: "52", trunk: /^(01|044|045)/, full: /^[2-9]\d{9}$/, national: mexican },
  UY: { code: "598", trunk: /^0/, full: /^[1-9]\d{7}$/ },
  PY: { code: "595", trunk: /^0/, full: /^[1-9]\d{7,8}$/ },
  CL: { code: "56", trunk: /^0/, full: /^[2-9]\d{8}$/ },
  BO: { code: "591", trunk: /^0/, full: /^[1-9]\d{7}$/ },
  PE: { code: "51", trunk: /^0/, full: /^[1-9]\d{7,8}$/ },
  CO: { code: "57", trunk: /^0/, full: /^[1-9]\d{9}$/ },
  EC: { code: "593", trunk: /^0/, full: /^[1-9]\d{7,8}$/ },
  VE: { code: "58", trunk: /^0/, full: /^[1-9]\d{9}$/ },
  US: { code: "1", trunk: /^1/, full: /^[2-9]\d{9}$/ },
  ES: { code: "34", trunk: /^$/, full: /^[5-9]\d{8}$/ },
  PT: { code: "351", trunk: /^$/, full: /^[2-9]\d{8}$/ },
} satisfies Record<string, NumberingPlan>;

/** Countries whose home notation is understood. Numbers of all others must come with their country code. */
export type PhoneCountry = keyof typeof PLANS;

export const PHONE_COUNTRIES = Object.keys(PLANS) as PhoneCountry[];

const REWRITTEN: readonly NumberingPlan[] = [PLANS.AR, PLANS.BR, PLANS.MX];

/** E.164: at most 15 digits; under 7 no country has a number that can be called from abroad. */
const isInternational = (digits: string) => /^[1-9]\d{6,14}$/.test(digits);

function fromAbroad(digits: string): string | null {
  for (const plan of REWRITTEN) {
    if (!digits.startsWith(plan.code)) continue;
    const national = plan.national?.(digits.slice(plan.code.length)) ?? "";
    if (plan.full.test(national)) return `+${plan.code}${national}`;
  }
  return isInternational(digits) ? `+${digits}` : null;
}

function fromHome(digits: string, plan: NumberingPlan): string | null {
  const national = plan.national ? plan.national(digits) : digits.replace(plan.trunk, "");
  return plan.full.test(national) ? `+${plan.code}${national}` : null;
}

/** Takes off what people write around digits, invisible direction marks included; null when anything else is left. */
function digitsOf(raw: string): { digits: string; abroad: boolean } | null {
  const plain = raw
    .normalize("NFKC")
    .replace(/[\s\p{Cf}\p{Pd}().·/]/gu, "")
    .replace(/^tel:/i, "");
  const match = /^(\+|00)?(\d+)$/.exec(plain);
  return match?.[2] ? { digits: match[2], abroad: Boolean(match[1]) } : null;
}

/**
 * The canonical key of a telephone: `+` and digits, equal for every way of writing ONE phone. Argentina's 9 and 15 and
 * Mexico's 1 are left out and Brazil's ninth digit is put in, so that a key is for comparing; `phoneVariants` says what to dial.
 * Without `+` or `00` the number is read as one of `defaultCountry`, else as one with its country code.
 * @returns null for what cannot be a telephone
 */
export function phoneKey(raw: string, defaultCountry?: PhoneCountry): string | null {
  const written = digitsOf(raw);
  if (!written) return null;
  if (written.abroad || !defaultCountry) return fromAbroad(written.digits);
  const plan: NumberingPlan = PLANS[defaultCountry];
  const home = fromHome(written.digits, plan);
  if (home) return home;
  const hasCode = written.digits.startsWith(plan.code) || written.digits.length > 11;
  return hasCode ? fromAbroad(written.digits) : null;
}

/**
 * Every international form in which the phone of a key can turn up, the one to dial on WhatsApp first.
 * @param key as `phoneKey` gives it
 */
export function phoneVariants(key: string): string[] {
  if (/^\+54[1-3]\d{9}$/.test(key)) return [`+549${key.slice(3)}`, key];
  if (/^\+52[2-9]\d{9}$/.test(key)) return [key, `+521${key.slice(3)}`];
  if (/^\+55[1-9]{2}9[6-9]\d{7}$/.test(key)) return [key, `${key.slice(0, 5)}${key.slice(6)}`];
  return [key];
}
