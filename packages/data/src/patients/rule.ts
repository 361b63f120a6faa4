/** What a rule reads from one record. */
export interface PatientIdentity {
  /** Tells patients apart within the data set; not a medical identifier. */
  readonly patient: string;
  /** Finer class in the same name, such as `bacteria`; null when there is none. */
  readonly subtype: string | null;
}

/** What a rule may look at. */
export interface IdentifiableRecord {
  /** Path relative to the root, `/`-separated. */
  readonly id: string;
  /** Value of the patient column of a CSV manifest; null in other layouts and where it is empty. */
  readonly patientColumn: string | null;
  /** Pseudonym of the Patient ID in a DICOM file; null or absent for other files and where it is empty. */
  readonly dicomPatient?: string | null;
}

/** Tells the patient of a record, from its name or from a column. */
export interface PatientRule {
  readonly name: string;
  /** One sentence for the report. */
  readonly description: string;
  /** Null when the rule does not match the record. */
  identify(record: IdentifiableRecord): PatientIdentity | null;
}

/** The file name of a record without its folders and its extension. */
export function stem(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
