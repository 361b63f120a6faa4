/**
 * What is known of a patient and a picture in addition to the class, for results by subgroup. No more is kept than a
 * subgroup needs: an age is put into its band as soon as it is read, since an exact age narrows down who somebody is.
 */
export interface RecordAttributes {
  /** `PA`, `AP`, `LL`, `LATERAL` and others. */
  readonly viewPosition?: string;
  readonly sex?: Sex;
  readonly ageBand?: AgeBand;
  /** Manufacturer and model of the machine. */
  readonly device?: string;
  /** Hospital or other place where the picture was taken. */
  readonly site?: string;
}

export const sexes = ['female', 'male', 'other'] as const;
export type Sex = (typeof sexes)[number];

/** From youngest to oldest. Ages from 80 on are one band, as rules for de-identified data ask for from 90 on. */
export const ageBands = ['under 1', '1-4', '5-17', '18-39', '40-59', '60-79', '80 and over'] as const;
export type AgeBand = (typeof ageBands)[number];

const upperAges = [1, 5, 18, 40, 60, 80, Number.POSITIVE_INFINITY];
/** ChestX-ray14 holds ages up to 414: typing mistakes. */
const oldest = 120;

const sexNames: Readonly<Record<string, Sex>> = {
  f: 'female',
  female: 'female',
  m: 'male',
  male: 'male',
  o: 'other',
  other: 'other',
};

/** Years that one of DICOM's units lasts (PS3.5, 6.2, Age String). */
const units: Readonly<Record<string, number>> = { D: 1 / 365.25, W: 7 / 365.25, M: 1 / 12, Y: 1 };

/** `F`, `male`, ... in any case; undefined for anything else. */
export function parseSex(text: string): Sex | undefined {
  const key = text.trim().toLowerCase();
  return Object.hasOwn(sexNames, key) ? sexNames[key] : undefined;
}

/** The band of an age in years (`63`, `0.5`) or as DICOM writes it (`063Y`, `010M`); undefined for no possible age. */
export function parseAgeBand(text: string): AgeBand | undefined {
  const [, number, unit = 'Y'] = /^(\d{1,3}(?:\.\d+)?)\s*([DWMY])?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const years = Number(number) * units[unit.toUpperCase()]!;
  return years > oldest ? undefined : ageBands[upperAges.findIndex((upper) => years < upper)];
}

/** A view in capitals, as DICOM's code strings are; undefined for what is none. */
export function parseView(text: string): string | undefined {
  const view = text.trim().toUpperCase();
  return /^[A-Z0-9_ ]{1,16}$/.test(view) ? view : undefined;
}

/** A name of up to 64 characters, blanks drawn together; undefined where there is none. */
export function parseName(text: string): string | undefined {
  const name = text.trim().replace(/\s+/g, ' ');
  return name === '' || name.length > 64 ? undefined : name;
}

/** Attributes of texts, those that say nothing left out. */
export function recordAttributes(texts: {
  view?: string;
  sex?: string;
  age?: string;
  device?: string;
  site?: string;
}): RecordAttributes {
  const viewPosition = parseView(texts.view ?? '');
  const sex = parseSex(texts.sex ?? '');
  const ageBand = parseAgeBand(texts.age ?? '');
  const [device, site] = [parseName(texts.device ?? ''), parseName(texts.site ?? '')];
  return {
    ...(viewPosition !== undefined && { viewPosition }),
    ...(sex !== undefined && { sex }),
    ...(ageBand !== undefined && { ageBand }),
    ...(device !== undefined && { device }),
    ...(site !== undefined && { site }),
  };
}
