import type { PatientRule } from './rule.js';

/** The Patient ID of DICOM files, as a salted hash. */
export const dicomRule: PatientRule = {
  name: 'dicom',
  description: 'Patient ID and its issuer in the DICOM files, kept only as a salted hash.',
  identify: ({ dicomPatient }) => (dicomPatient == null ? null : { patient: dicomPatient, subtype: null }),
};
